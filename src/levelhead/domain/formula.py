"""The arithmetic of a fact: a small, closed language of expressions that a person can read and a machine can check."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from levelhead.domain.grid import multiple_above, multiple_below, nearest_multiple
from levelhead.domain.visits import held_rows, pass_rows, since, visit_rows

Value = float | Sequence[float] | NDArray[np.float64]
Names = Mapping[str, Value]
LookUp = Callable[[str], Callable[[Any], Value]]
_NUMBERS = (int, float)


def _deviation(values: Sequence[float]) -> float:
    """The population standard deviation."""
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "mean": lambda values: math.fsum(values) / len(values),
    "deviation": _deviation,
    "sum": math.fsum,
    "highest": max,
    "lowest": min,
    "first": lambda values: values[0],
    "last": lambda values: values[-1],
    "count": lambda values: float(len(values)),
    "max": max,
    "min": min,
    "abs": abs,
    "sqrt": math.sqrt,
    "log": math.log,
    "exp": math.exp,
    "nearest": nearest_multiple,
    "below": multiple_below,
    "above": multiple_above,
    "visits": lambda highs, lows, bottom, top: float(len(visit_rows(highs, lows, bottom, top))),
    "held": lambda highs, lows, bottom, top: float(len(held_rows(highs, lows, bottom, top))),
    "since_held": lambda highs, lows, bottom, top: since(held_rows(highs, lows, bottom, top), len(highs)),
    "since_held_before": lambda highs, lows, bottom, top: since(held_rows(highs, lows, bottom, top), len(highs), 2),
    "since_passed": lambda closes, bottom, top: since(pass_rows(closes, bottom, top), len(closes)),
    "since_passed_before": lambda closes, bottom, top: since(pass_rows(closes, bottom, top), len(closes), 2),
}
_NUMBERED = re.compile(r"\.(\d+)(?=\.)")
_MARK = "number_"
# A name, dotted perhaps, that is no function's; not the exponent of a number.
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?:\.\w+)*(?!\w*\s*\()")
_PLACE = "_n"
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


_SIGNS: Mapping[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
_OF_NUMBERS = ("max", "min", "abs", "sqrt", "log", "exp", "nearest", "below", "above")


def names_in(formula: str) -> tuple[str, ...]:
    """The names a formula uses, dotted ones whole, in order of appearance, functions left out."""
    found: dict[str, None] = {}

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            for argument in node.args:
                visit(argument)
        elif isinstance(node, ast.Name | ast.Attribute):
            found[_dotted(node)] = None
        else:
            for child in ast.iter_child_nodes(node):
                visit(child)

    visit(_parsed(formula))
    return tuple(found)


def evaluate(formula: str, values: Mapping[str, Value]) -> float:
    """The value of `formula`, its names looked up in `values`.

    Knows + - * / **, numbers, dotted names and FUNCTIONS, nothing else; two columns of one length combine bar by bar. Raises
    KeyError for a name that is not given and ValueError for anything that is not arithmetic.
    """
    return _worked_out(formula)(values)


@lru_cache(maxsize=4096)
def _worked_out(formula: str) -> Callable[[Names], float]:
    """The formula as a function of its names, read once.

    A note works out hundreds. Those of its levels name the days of its swings and are new every day, but for the names they are
    all the same: a formula is known by its shape, in which its names are numbered.
    """
    places: dict[str, int] = {}
    shape = _NAME.sub(lambda match: f"{_PLACE}{places.setdefault(match.group(), len(places))}", formula)
    try:
        shaped = _shaped(shape)
    except (ValueError, SyntaxError):
        return _said(formula)  # which says in the formula's own words what is wrong
    names = tuple(places)

    def worked_out(values: Names) -> float:
        given = [values[name] for name in names]
        try:
            return shaped(given)
        except ValueError:
            return _said(formula)(values)

    return worked_out


@lru_cache(maxsize=1024)
def _shaped(shape: str) -> Callable[[Sequence[Value]], float]:
    """The shape as a function of the values of its names: of numbers in one step, of columns too part by part."""
    tree = _parsed(shape).body
    by_parts = _number(tree, _numbered)
    at_once = _at_once(tree)
    if at_once is None:
        return by_parts

    def shaped(values: Sequence[Value]) -> float:
        try:
            result = at_once(values)
        except TypeError:  # a column where a number is needed: to combine columns bar by bar, or to say what is wrong
            return by_parts(values)
        return float(result) if isinstance(result, _NUMBERS) else by_parts(values)

    return shaped


def _at_once(tree: ast.expr) -> Callable[[Sequence[Value]], Any] | None:
    """The arithmetic as Python's own, several times faster; None where parts of columns are combined.

    Its text is put together from checked parts: places of values, finite numbers, operators and functions named here. Python
    would take a column times a whole number for its repetition: no number comes of that, and then the parts are worked out.
    """
    try:
        text = _python(tree)
    except ValueError:
        return None
    made: Callable[[Sequence[Value]], Any] = eval(f"lambda v: {text}", {"__builtins__": {}, "float": float, **FUNCTIONS})
    return made


def _python(node: ast.AST) -> str:
    """Raises ValueError for what is not to be worked out at once."""
    if isinstance(node, ast.Constant) and type(node.value) in _NUMBERS and math.isfinite(node.value):  # type: ignore[arg-type]
        return f"{node.value!r}"
    if isinstance(node, ast.Name):
        return f"v[{int(node.id.removeprefix(_PLACE))}]"
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return f"(-float({_python(node.operand)}))"
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        return f"({_python(node.left)} {_SIGNS[type(node.op)]} {_python(node.right)})"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords:
        # what takes a column is handed one as it stands, or the parts are worked out
        if node.func.id not in _OF_NUMBERS and not all(isinstance(argument, ast.Name) for argument in node.args):
            raise ValueError("a part of columns")
        return f"{node.func.id}({', '.join(_python(argument) for argument in node.args)})"
    raise ValueError("not arithmetic")


def _said(formula: str) -> Callable[[Names], float]:
    """The formula under its own names."""
    return _number(_parsed(formula).body, _named)


def _named(name: str) -> Callable[[Names], Value]:
    return lambda values: values[name]


def _numbered(name: str) -> Callable[[Sequence[Value]], Value]:
    place = int(name.removeprefix(_PLACE))
    return lambda values: values[place]


def _number(node: ast.AST, look_up: LookUp) -> Callable[[Any], float]:
    value = _value(node, look_up)

    def number(values: Any) -> float:
        result = value(values)
        if isinstance(result, _NUMBERS):
            return float(result)
        raise ValueError(f"{ast.unparse(node)} is a column of bars where a number is needed")

    return number


def _value(node: ast.AST, look_up: LookUp) -> Callable[[Any], Value]:
    """What a part of a formula is worth; look_up: how a name is found among what it is worked out from."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        constant = node.value
        return lambda _: constant
    if isinstance(node, ast.Name | ast.Attribute):
        return look_up(_dotted(node))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        operand = _number(node.operand, look_up)
        return lambda values: -operand(values)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _combined(node, look_up)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords:
        function, arguments = FUNCTIONS[node.func.id], [_value(argument, look_up) for argument in node.args]
        return lambda values: function(*[argument(values) for argument in arguments])
    raise ValueError(f"{ast.unparse(node)} is not arithmetic that a formula may hold")


def _combined(node: ast.BinOp, look_up: LookUp) -> Callable[[Any], Value]:
    combine, left_of, right_of = _OPERATORS[type(node.op)], _value(node.left, look_up), _value(node.right, look_up)

    def combined(values: Any) -> Value:
        left, right = left_of(values), right_of(values)
        if isinstance(left, _NUMBERS):
            if isinstance(right, _NUMBERS):
                return combine(left, right)
            raise ValueError(f"{ast.unparse(node.right)} is a column of bars where a number is needed")
        if isinstance(right, _NUMBERS):
            raise ValueError(f"{ast.unparse(node.left)} is a column of bars where a number is needed")
        if len(left) != len(right):
            raise ValueError(f"{ast.unparse(node)} combines columns of {len(left)} and {len(right)} bars")
        return [combine(a, b) for a, b in zip(left, right, strict=True)]

    return combined


def _parsed(formula: str) -> ast.Expression:
    """The syntax of a formula; a part of a name may be a number ('setup.1.entry'), which Python's own names may not."""
    return ast.parse(_NUMBERED.sub(rf".{_MARK}\1", formula), mode="eval")


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr.removeprefix(_MARK)}"
    raise ValueError(f"{ast.unparse(node)} is not a name")

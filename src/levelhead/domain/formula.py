"""The arithmetic of a fact: a small, closed language of expressions that a person can read and a machine can check."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from levelhead.domain.grid import multiple_above, multiple_below, nearest_multiple

Value = float | Sequence[float]

FUNCTIONS: Mapping[str, Callable[..., float]] = {
    "mean": lambda values: math.fsum(values) / len(values),
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
}
_NUMBERED = re.compile(r"\.(\d+)(?=\.)")
_MARK = "number_"
_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}


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
    return _number(_parsed(formula).body, values)


def _number(node: ast.AST, values: Mapping[str, Value]) -> float:
    result = _value(node, values)
    if isinstance(result, int | float):
        return float(result)
    raise ValueError(f"{ast.unparse(node)} is a column of bars where a number is needed")


def _value(node: ast.AST, values: Mapping[str, Value]) -> Value:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return node.value
    if isinstance(node, ast.Name | ast.Attribute):
        return values[_dotted(node)]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_number(node.operand, values)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return _combined(node, _value(node.left, values), _value(node.right, values))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS and not node.keywords:
        return FUNCTIONS[node.func.id](*(_value(a, values) for a in node.args))
    raise ValueError(f"{ast.unparse(node)} is not arithmetic that a formula may hold")


def _combined(node: ast.BinOp, left: Value, right: Value) -> Value:
    combine = _OPERATORS[type(node.op)]
    if isinstance(left, int | float) and isinstance(right, int | float):
        return combine(left, right)
    if isinstance(left, int | float) or isinstance(right, int | float):
        column = node.right if isinstance(left, int | float) else node.left
        raise ValueError(f"{ast.unparse(column)} is a column of bars where a number is needed")
    if len(left) != len(right):
        raise ValueError(f"{ast.unparse(node)} combines columns of {len(left)} and {len(right)} bars")
    return [combine(a, b) for a, b in zip(left, right, strict=True)]


@lru_cache(maxsize=4096)
def _parsed(formula: str) -> ast.Expression:
    """The syntax of a formula; a part of a name may be a number ('setup.1.entry'), which Python's own names may not."""
    return ast.parse(_NUMBERED.sub(rf".{_MARK}\1", formula), mode="eval")


def _dotted(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr.removeprefix(_MARK)}"
    raise ValueError(f"{ast.unparse(node)} is not a name")

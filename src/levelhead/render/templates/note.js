(function () {
  "use strict";
  var box = document.getElementById("why");
  var rows = JSON.parse(document.getElementById("explanations").textContent);
  if (!box || typeof box.showPopover !== "function") return;
  var root = document.documentElement;
  var parts = document.getElementById("why-parts");
  root.classList.add("asks");

  function say(label, words) {
    if (!words) return;
    var row = document.createElement("div"), dt = document.createElement("dt"), dd = document.createElement("dd");
    dt.textContent = label;
    dd.textContent = words;
    row.append(dt, dd);
    parts.append(row);
  }

  function list(label, inputs) {
    var names = Object.keys(inputs || {});
    if (!names.length) return;
    say(label, " ");
    var dd = parts.lastChild.lastChild;
    dd.textContent = "";
    names.forEach(function (name) {
      var line = document.createElement("p"), strong = document.createElement("b"), of = inputs[name];
      strong.textContent = of[0];
      line.append(strong, " " + name + (of[1] ? ", " + of[1] : ""));
      dd.append(line);
    });
  }

  function fill(name, row) {
    document.getElementById("why-meaning").textContent = row.meaning;
    document.getElementById("why-value").textContent = row.value;
    parts.textContent = "";
    say("Exactly", row.exact);
    say("Happened on", row.date);
    say("Known on", row.known_on);
    say("Came from", row.came_from && "the bar of " + row.came_from);
    say("Formula", row.formula);
    say("Arithmetic", row.arithmetic);
    list("With", row.inputs);
    say("From", (row.windows || []).filter(function (bars) {
      return !row.arithmetic || row.arithmetic.indexOf(bars) < 0;
    }).join("; "));
    say("Error", row.error && "± " + row.error + ", one standard error of the simulation");
    say("Base rate", row.base_rate);
    say("Counted over", row.base_count && row.base_count + " earlier start days" +
      (row.independent_windows ? ", worth " + row.independent_windows + " windows that do not overlap" : ""));
    say("Name", name);
  }

  function stand(number) {
    box.style.left = box.style.top = "";
    if (window.innerWidth < 640) return;
    var at = number.getBoundingClientRect(), room = 12;
    var left = Math.max(room, Math.min(at.left, root.clientWidth - box.offsetWidth - room));
    var below = at.bottom + 8, above = at.top - box.offsetHeight - 8;
    box.style.left = left + "px";
    box.style.top = Math.max(room, below + box.offsetHeight < window.innerHeight || above < room ? below : above) + "px";
  }

  document.addEventListener("click", function (event) {
    var number = event.target.closest ? event.target.closest("button.n") : null;
    var name = number && number.getAttribute("data-ref");
    if (!name || !Object.prototype.hasOwnProperty.call(rows, name)) return;
    fill(name, rows[name]);
    box.showPopover();
    stand(number);
    box.focus({ preventScroll: true });
  });
})();

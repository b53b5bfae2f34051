"use strict";
(function () {
  var form = document.getElementById("filter");
  if (form) {
    var rows = Array.prototype.slice.call(document.querySelectorAll("#found > li"));
    var count = document.getElementById("filter-count");
    var haystacks = rows.map(function (row) { return row.textContent.toLowerCase(); });
    var apply = function () {
      var word = form.elements.word.value.trim().toLowerCase();
      var kind = form.elements.kind.value;
      var shown = 0;
      rows.forEach(function (row, n) {
        var fits = (!kind || row.dataset.kind === kind) && (!word || haystacks[n].indexOf(word) !== -1);
        row.hidden = !fits;
        shown += fits ? 1 : 0;
      });
      count.textContent = shown + " of " + rows.length + " shown";
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  }
  var reveal = function () {
    var place = location.hash && document.getElementById(location.hash.slice(1));
    for (var node = place; node; node = node.parentElement) {
      if (node.tagName === "DETAILS") { node.open = true; }
    }
    if (place) { place.hidden = false; place.scrollIntoView(); }
  };
  window.addEventListener("hashchange", reveal);
  reveal();
  var opened = [];
  window.addEventListener("beforeprint", function () {
    var wanted = "details.paste, #accuracy > ul details, #verdict > details";
    opened = Array.prototype.filter.call(document.querySelectorAll(wanted), function (one) { return !one.open; });
    opened.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () {
    opened.forEach(function (one) { one.open = false; });
  });
})();

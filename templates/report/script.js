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
  var sort = document.getElementById("sort");
  if (sort) {
    var list = document.getElementById("reviews");
    var newest = Array.prototype.slice.call(list.children);
    sort.hidden = newest.length < 2;
    sort.addEventListener("submit", function (event) { event.preventDefault(); });
    sort.addEventListener("change", function () {
      var by = Number(sort.elements.by.value);
      var valence = function (row) { return Number(row.dataset.valence || 0) * by; };
      newest.slice().sort(function (a, b) { return valence(a) - valence(b); }).forEach(function (row) { list.appendChild(row); });
    });
  }
  var LABELS = { "mine": "this is me", "not-mine": "not me", "fair": "fair", "unfair": "unfair", "accurate": "accurate", "inaccurate": "inaccurate", "resolved": "done", "waived": "will not do" };
  var answers = {};
  var bar = document.getElementById("answers");
  var tell = function () {
    var n = Object.keys(answers).length;
    bar.hidden = n === 0;
    document.getElementById("answers-count").textContent = n + (n === 1 ? " answer" : " answers") + ", kept on this page only";
  };
  var give = function (key, word, pressed, note) {
    if (pressed) { answers[key] = { key: key, word: word, note: note || null }; } else { delete answers[key]; }
    tell();
  };
  Array.prototype.forEach.call(bar ? document.querySelectorAll("[data-answer]") : [], function (place) {
    var group = document.createElement("div");
    group.className = "answer";
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", place.dataset.question || "Your answer");
    if (place.dataset.question) {
      var question = document.createElement("span");
      question.textContent = place.dataset.question;
      group.appendChild(question);
    }
    var buttons = place.dataset.answer.split(" ").map(function (word) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = LABELS[word];
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", function () {
        var pressed = button.getAttribute("aria-pressed") !== "true";
        buttons.forEach(function (one) { one.setAttribute("aria-pressed", "false"); });
        button.setAttribute("aria-pressed", String(pressed));
        note.hidden = !pressed;
        give(place.dataset.key, word, pressed, note.value);
      });
      group.appendChild(button);
      return button;
    });
    var note = document.createElement("input");
    note.type = "text";
    note.maxLength = 500;
    note.placeholder = "note";
    note.hidden = true;
    note.setAttribute("aria-label", "Note");
    note.addEventListener("input", function () {
      if (answers[place.dataset.key]) { answers[place.dataset.key].note = note.value || null; }
    });
    if (place.dataset.key.indexOf("signoff:") !== 0) { group.appendChild(note); }
    place.appendChild(group);
  });
  if (bar) {
    document.getElementById("answers-save").addEventListener("click", function () {
      var list = Object.keys(answers).sort().map(function (key) { return answers[key]; });
      var saved = { schema_version: 1, audit: bar.dataset.audit, answers: list };
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(saved, null, 2) + "\n"], { type: "application/json" }));
      link.download = "answers.json";
      link.click();
      URL.revokeObjectURL(link.href);
    });
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

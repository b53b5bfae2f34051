"use strict";
(function () {
  var split = function (text) {
    if (typeof Intl !== "undefined" && Intl.Segmenter) {
      return Array.from(new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text), function (one) { return one.segment; });
    }
    return Array.from(text);
  };
  var bytes = function (text) { return new TextEncoder().encode(text).length; };
  var weigh = function (text) {
    return split(text.normalize("NFC")).reduce(function (sum, cluster) {
      if (/\p{Emoji_Presentation}|\p{Emoji}\uFE0F|\p{Regional_Indicator}{2}/u.test(cluster)) { return sum + 2; }
      return sum + Array.from(cluster).reduce(function (part, letter) {
        var code = letter.codePointAt(0);
        var single = code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247);
        return part + (single ? 1 : 2);
      }, 0);
    }, 0);
  };
  var count = {
    codepoints: function (text) { return Array.from(text.normalize("NFC")).length; },
    utf16: function (text) { return text.length; },
    bytes: bytes,
    graphemes: function (text) { return split(text).length; },
    words: function (text) { return (text.match(/\S+/g) || []).length; },
    x_weighted: function (text) { return Math.max(weigh(text), Array.from(text.normalize("NFC")).length); },
    mastodon: function (text) {
      return split(text.replace(/\bhttps?:\/\/[^\s<>"]+/gi, "x".repeat(23)).replace(/(^|[^\w/])@(\w+)@[\w.-]+\w/g, "$1@$2")).length;
    }
  };
  var say = document.getElementById("said");
  var progress = document.getElementById("progress");
  var marks = Array.prototype.slice.call(document.querySelectorAll("input.done"));
  var tally = function () {
    progress.textContent = marks.filter(function (one) { return one.checked; }).length + " of " + marks.length + " done";
  };
  marks.forEach(function (one) { one.addEventListener("change", tally); });
  tally();
  Array.prototype.forEach.call(document.querySelectorAll("article.field"), function (field) {
    var area = field.querySelector("textarea");
    var shown = field.querySelector("output");
    var update = function () {
      var n = count[area.dataset.unit](area.value);
      var limit = area.dataset.limit ? Number(area.dataset.limit) : null;
      var over = (limit !== null && n > limit) || (area.dataset.bytes && bytes(area.value) > Number(area.dataset.bytes));
      shown.textContent = n + (limit === null ? "" : " of " + limit) + " " + area.dataset.words + (over ? ": too long" : "");
      field.classList.toggle("over", Boolean(over));
    };
    area.addEventListener("input", update);
    update();
    field.querySelector("button").addEventListener("click", function () {
      var done = function (worked) {
        say.textContent = worked ? "Copied: " + area.getAttribute("aria-label") : "Press Ctrl+C to copy the marked text";
      };
      var byHand = function () {
        area.select();
        done(document.execCommand("copy"));
      };
      if (navigator.clipboard && window.isSecureContext) {
        navigator.clipboard.writeText(area.value).then(function () { done(true); }, byHand);
      } else { byHand(); }
    });
  });
})();

// What the tests do on a page and how they look at it: like a reader, at what is visible.
var probe = {
  all: function (selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); },
  isShown: function (element) { return element.checkVisibility({ visibilityProperty: true }); },
  click: function (selector) {
    var element = document.querySelector(selector);
    if (!element) { throw new Error('nothing to click: ' + selector); }
    // What is not drawn cannot be clicked by a reader either.
    if (!probe.isShown(element)) { throw new Error('not visible: ' + selector); }
    element.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, view: window }));
  },
  // Lets events that the browser sends later arrive.
  wait: function () { return new Promise(function (done) { setTimeout(done, 50); }); },
  text: function (selector) { return document.querySelector(selector).innerText.trim(); },
  // Language, title and a heading as they are shown, and how many texts of the other language are.
  look: function () {
    var root = document.documentElement;
    var other = root.lang === 'en' ? 'zh' : 'en';
    return {
      lang: root.lang,
      title: document.title,
      heading: probe.text('h1'),
      foreign: probe.all('.t[lang=' + other + ']').filter(probe.isShown).length,
      own: probe.all('.t').filter(probe.isShown).length,
      hash: location.hash
    };
  },
  // The visible rows of the table of terms: rank and the text of one column, and whether the details follow.
  rows: function (column) {
    return probe.all('table.terms-table tr.main').filter(probe.isShown).map(function (row) {
      return {
        rank: Number(row.cells[0].innerText),
        cell: row.cells[column].innerText.split('\n')[0].trim(),
        isWhole: row.nextElementSibling.className === 'detail'
      };
    });
  },
  // Clicks the head of a column and says how the rows stand then.
  sort: function (key, column) {
    probe.click('th[data-key=' + key + '] button');
    var cells = probe.rows(column);
    var words = cells.map(function (row) { return row.cell; });
    var order = new Intl.Collator(document.documentElement.lang).compare;
    return {
      said: document.querySelector('th[data-key=' + key + ']').getAttribute('aria-sort'),
      rows: cells,
      isByWord: words.slice().sort(order).join() === words.join()
    };
  },
  // What reaches beyond the right edge of the window, but for what scrolls in a place of its own.
  overhang: function () {
    var edge = document.documentElement.clientWidth + 1;
    return probe.all('body *').filter(function (element) {
      var right = element.getBoundingClientRect().right;
      return probe.isShown(element) ? right > edge && !element.closest('.scroll, .vh') : false;
    }).map(function (element) { return element.tagName + '.' + element.getAttribute('class') + ' in ' + element.closest('[id]').id; });
  },
  // Whether the place that an address leads to is on the screen.
  isInView: function (selector) {
    var box = document.querySelector(selector).getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.top < innerHeight;
  },
  // Sends the answer out of the frame; written with escapes, so that it stays text wherever it comes to stand.
  tell: function (answer) {
    var text = JSON.stringify({ answer: answer === undefined ? null : answer, heard: heard });
    parent.postMessage(text.replace(/[^ -~]|[<>&]/g, function (letter) {
      return '\\u' + ('000' + letter.charCodeAt(0).toString(16)).slice(-4);
    }), '*');
  },
  colour: function () { return getComputedStyle(document.body).backgroundColor; }
};

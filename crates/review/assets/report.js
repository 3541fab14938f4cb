// Language, theme, sorting and filtering. The page reads and prints without any of it.
(function () {
  'use strict';
  var root = document.documentElement;
  var state = {};

  // What an address says that was cut off or mistyped is left out.
  function decoded(text) {
    try { return decodeURIComponent(text); } catch (error) { return ''; }
  }

  function readHash() {
    var text = location.hash.slice(1);
    if (text.indexOf('=') === -1) { return; }
    text.split(';').forEach(function (pair) {
      var at = pair.indexOf('=');
      if (at !== -1) { state[pair.slice(0, at)] = decoded(pair.slice(at + 1)); }
    });
  }

  function writeHash() {
    var text = Object.keys(state).sort().filter(function (key) { return state[key]; }).map(function (key) {
      return key + '=' + encodeURIComponent(state[key]);
    }).join(';');
    history.replaceState(null, '', text ? '#' + text : location.pathname + location.search);
  }

  function setLang(lang) {
    root.dataset.lang = lang;
    root.lang = lang === 'zh' ? 'zh-CN' : 'en';
    document.title = lang === 'zh' ? root.dataset.titleZh : root.dataset.titleEn;
  }

  function isDark() {
    return root.dataset.theme === 'dark' ||
      (root.dataset.theme !== 'light' ? matchMedia('(prefers-color-scheme: dark)').matches : false);
  }

  function setTheme(theme) {
    if (theme) { root.dataset.theme = theme; }
    document.getElementById('switch-theme').setAttribute('aria-pressed', String(isDark()));
  }

  function bodies(table) { return Array.prototype.slice.call(table.tBodies); }

  // The words of a cell in the language of the page, also where a filter hides the row.
  function words(cell) {
    return (cell.querySelector('.t[lang="' + root.dataset.lang + '"]') || cell).textContent;
  }

  function sortValue(body, key) {
    if (key === 'term') { return words(body.querySelector('th.term')); }
    if (key === 'track') { return body.dataset.track ? words(body.querySelector('td.tracks')) : ''; }
    return Number(body.dataset[key]);
  }

  // Ascending; rows without a track come after those that have one.
  function compare(one, two) {
    if (typeof one === 'number') { return one - two; }
    if (!one || !two) { return Number(!one) - Number(!two); }
    return one.localeCompare(two, root.lang);
  }

  function sortBy(table, key, isDown) {
    var rows = bodies(table).map(function (body) { return { body: body, value: sortValue(body, key) }; });
    rows.sort(function (a, b) {
      var by = compare(a.value, b.value);
      return (isDown ? -by : by) || Number(a.body.dataset.rank) - Number(b.body.dataset.rank);
    });
    rows.forEach(function (row) { table.appendChild(row.body); });
    table.querySelectorAll('th[data-key]').forEach(function (head) {
      if (head.dataset.key === key) {
        head.setAttribute('aria-sort', isDown ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    });
    state.sort = (isDown ? '-' : '') + key;
  }

  // Sorts as the address or the last click says; a column that is not there changes nothing.
  function sortAgain(table) {
    var key = (state.sort || '').replace('-', '');
    if (key ? table.querySelector('th[data-key="' + CSS.escape(key) + '"]') : false) {
      sortBy(table, key, state.sort.charAt(0) === '-');
    }
  }

  function makeSortable(table) {
    table.querySelectorAll('th[data-key]').forEach(function (head) {
      var button = document.createElement('button');
      button.type = 'button';
      while (head.firstChild) { button.appendChild(head.firstChild); }
      head.appendChild(button);
      button.addEventListener('click', function () {
        var before = head.getAttribute('aria-sort');
        var startsUp = ['rank', 'term', 'track', 'stage'].indexOf(head.dataset.key) !== -1;
        sortBy(table, head.dataset.key, before ? before === 'ascending' : !startsUp);
        writeHash();
      });
    });
  }

  function toggle(button, detail, isOpen) {
    button.setAttribute('aria-expanded', String(isOpen));
    detail.hidden = !isOpen;
  }

  function makeExpandable(body) {
    var cell = body.querySelector('th.term');
    var detail = body.querySelector('tr.detail');
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'expand';
    button.setAttribute('aria-controls', detail.id);
    while (cell.firstChild) { button.appendChild(cell.firstChild); }
    cell.appendChild(button);
    toggle(button, detail, false);
    button.addEventListener('click', function () { toggle(button, detail, detail.hidden); });
  }

  // A link to a term opens it.
  function openTarget() {
    var body = document.getElementById(location.hash.slice(1));
    if (body ? body.matches('table.terms-table > tbody') : false) {
      toggle(body.querySelector('button.expand'), body.querySelector('tr.detail'), true);
      body.scrollIntoView();
    }
  }

  function filterBy(group, track) {
    var table = document.getElementById(group.dataset.table);
    var shown = 0;
    bodies(table).forEach(function (body) {
      var tracks = body.dataset.track ? body.dataset.track.split(' ') : [];
      var fits = track === '*' || (track === '-' ? tracks.length === 0 : tracks.indexOf(track) !== -1);
      body.hidden = !fits;
      if (fits) { shown += 1; }
    });
    group.querySelector('.shown').textContent = shown;
    state.track = track === '*' ? '' : track;
  }

  readHash();
  setLang(state.lang === 'en' || state.lang === 'zh' ? state.lang : root.dataset.lang);
  setTheme(state.theme === 'dark' || state.theme === 'light' ? state.theme : '');
  document.querySelector('.switches').hidden = false;
  document.getElementById('switch-lang').addEventListener('click', function () {
    state.lang = root.dataset.lang === 'zh' ? 'en' : 'zh';
    setLang(state.lang);
    document.querySelectorAll('table.terms-table').forEach(sortAgain);
    writeHash();
  });
  document.getElementById('switch-theme').addEventListener('click', function () {
    state.theme = isDark() ? 'light' : 'dark';
    setTheme(state.theme);
    writeHash();
  });
  document.getElementById('print').addEventListener('click', function () { window.print(); });
  document.querySelectorAll('table.terms-table').forEach(function (table) {
    makeSortable(table);
    bodies(table).forEach(makeExpandable);
    sortAgain(table);
  });
  openTarget();
  window.addEventListener('hashchange', openTarget);
  document.querySelectorAll('fieldset.filters').forEach(function (group) {
    group.hidden = false;
    group.addEventListener('change', function (event) { filterBy(group, event.target.value); writeHash(); });
    if (state.track) {
      group.querySelectorAll('input').forEach(function (input) {
        if (input.value === state.track) { input.checked = true; filterBy(group, state.track); }
      });
    }
  });
}());

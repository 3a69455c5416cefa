'use strict';

// The select boxes, tables and CSV files of sections.

// ---- Choices ----

/** Values in the order of the rows, or the most frequent first. Unknown comes last. */
function options(rows, of, isByFrequency) {
  const counts = new Map();
  for (const row of rows) {
    counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
  }
  const values = [...counts.keys()];
  if (values.some((value) => typeof value === 'number')) {
    values.sort((a, b) => a - b);
  } else if (isByFrequency) {
    values.sort((a, b) => counts.get(b) - counts.get(a));
  }
  return values.sort((a, b) => (a === null) - (b === null));
}

function optionName(value, column) {
  if (value === ALL) {
    return 'All';
  }
  if (value === null) {
    return UNKNOWN;
  }
  return column.name === 'horizon_days' ? (value === 0 ? 'All' : `Up to ${value} days`) : named(value, column);
}

/** What the select boxes of a section narrow its rows by; each box offers what those before it leave. */
function narrowings(part) {
  const columns = part.columns.filter((column) => column.roles.has('PICK') || column.roles.has('FILTER'));
  const list = columns.map((column) => ({
    label: column.label,
    of: (row) => row[column.index],
    name: (value) => optionName(value, column),
    isFilter: column.roles.has('FILTER'),
    isByFrequency: !['FAN', 'TABLE'].includes(part.chart),
  }));
  if (part.chart === 'FAN') {
    const of = fullName(part.having('SERIES'));
    list.push({ label: 'Of', of, name: String, isFilter: false, isByFrequency: false });
  }
  return list;
}

function selectBox(label, values, name, chosen, changed) {
  const box = el('select', '');
  values.forEach((value, index) => {
    const option = el('option', '', name(value));
    option.value = String(index);
    option.selected = value === chosen;
    box.append(option);
  });
  box.addEventListener('change', () => changed(values[Number(box.value)]));
  return el('label', '', label, box);
}

/** The select boxes of a section. Tells the rows and the value column that are chosen. */
function chooser(part, box, changed) {
  const chosen = new Map();
  const isOneValue = ['LINES', 'GROUPED_COLUMNS', 'HEAT_MAP', 'STACKED_ROWS'].includes(part.chart);
  const modes = part.chart === 'STACKED_ROWS' ? ['Share of rows', 'Rows'] : part.having('VALUE');
  const state = { rows: part.rows, value: modes[0], names: new Map() };
  const list = narrowings(part);

  function choose(key, value) {
    chosen.set(key, value);
    rebuild();
    changed();
  }

  function rebuild() {
    box.replaceChildren();
    if (isOneValue && modes.length > 1) {
      const name = (mode) => mode.label ?? mode;
      const units = new Map();
      modes.forEach((mode) => units.set(name(mode), (units.get(name(mode)) ?? 0) + 1));
      const told = (mode) => (units.get(name(mode)) > 1 ? `${name(mode)}, ${mode.unit}` : name(mode));
      box.append(
        selectBox('Show', modes, told, state.value, (value) => {
          state.value = value;
          changed();
        }),
      );
    }
    state.rows = part.rows;
    for (const each of list) {
      const values = options(state.rows, each.of, each.isByFrequency);
      const offered = each.isFilter ? [ALL, ...values] : values;
      if (!offered.includes(chosen.get(each.label))) {
        chosen.set(each.label, offered[0]);
      }
      const value = chosen.get(each.label);
      if (values.length > 1) {
        box.append(selectBox(each.label, offered, each.name, value, (next) => choose(each.label, next)));
      }
      if (value !== ALL) {
        state.rows = state.rows.filter((row) => each.of(row) === value);
      }
      state.names.set(each.label, value === ALL ? null : value);
    }
  }

  rebuild();
  return state;
}

// ---- Tables ----

function link(address) {
  const shown = String(address).replace(/^https:\/\//, '');
  let isHttps = false;
  try {
    isHttps = new URL(address).protocol === 'https:';
  } catch {
    isHttps = false;
  }
  if (!isHttps) {
    return document.createTextNode(address);
  }
  const anchor = el('a', '', shown);
  anchor.href = address;
  anchor.rel = 'noreferrer noopener';
  anchor.target = '_blank';
  anchor.title = address;
  return anchor;
}

function tableCell(column, value, write) {
  const cell = el('td', '');
  if (NUMERIC.has(column.kind)) {
    cell.className = 'number';
  } else {
    cell.className = column.kind === 'TEXT' ? 'text' : column.kind === 'LINK' ? 'link' : 'date';
  }
  if (value === null) {
    cell.classList.add('unknown');
    cell.textContent = UNKNOWN;
  } else if (column.kind === 'LINK') {
    cell.append(link(value));
  } else {
    cell.textContent = write(value);
    cell.classList.toggle('long', column.kind === 'TEXT' && cell.textContent.length > 32);
    cell.classList.toggle('unbroken', /\S{17}/.test(cell.textContent));
    cell.classList.toggle('alarm', column.name === 'unaccounted' && value !== 0);
  }
  return cell;
}

function headerCell(column) {
  const unit = column.kind === 'SHARE' ? '' : column.unit;
  const cell = el('th', NUMERIC.has(column.kind) ? 'number' : '', column.label, unit ? el('small', '', unit) : null);
  cell.scope = 'col';
  return cell;
}

function tableOf(part, rows) {
  const body = el('tbody', '');
  const writers = part.columns.map((column) => writer(column, rows));
  const scroll = el('div', 'scroll');
  const more = button('', add);
  more.className = 'more';
  let shown = 0;

  function add() {
    for (const row of rows.slice(shown, shown + PAGE_OF_ROWS)) {
      body.append(el('tr', '', ...part.columns.map((column, i) => tableCell(column, row[i], writers[i]))));
    }
    shown = Math.min(rows.length, shown + PAGE_OF_ROWS);
    more.hidden = shown === rows.length;
    more.textContent = `Show more: ${fixed(shown, 0)} of ${fixed(rows.length, 0)} rows shown`;
  }

  add();
  scroll.tabIndex = 0;
  scroll.setAttribute('aria-label', `Table: ${part.title}`);
  scroll.setAttribute('role', 'region');
  scroll.append(el('table', '', el('thead', '', el('tr', '', ...part.columns.map(headerCell))), body), more);
  return scroll;
}

/** One cell as RFC 4180 has it. Text that a spreadsheet would take for a formula is made plain by an apostrophe. */
function csvCell(value, column) {
  if (value === null) {
    return '';
  }
  let text = String(value);
  if (!NUMERIC.has(column.kind) && /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text)) {
    text = "'" + text;
  }
  return /[",\r\n]/.test(text) ? '"' + text.replaceAll('"', '""') + '"' : text;
}

function csv(part) {
  const lines = [part.columns.map((column) => column.name).join(',')];
  for (const row of part.rows) {
    lines.push(part.columns.map((column) => csvCell(row[column.index], column)).join(','));
  }
  return lines.join('\r\n') + '\r\n';
}

function download(part) {
  const address = URL.createObjectURL(new Blob(['\ufeff', csv(part)], { type: 'text/csv;charset=utf-8' }));
  const anchor = el('a', '');
  anchor.href = address;
  anchor.download = `headroom-${part.id.replaceAll('_', '-')}.csv`;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}

/** The strip under a chart: the table, which follows the choices, and the CSV, which holds every row. */
function rowsStrip(part, box, state) {
  let isOpen = part.chart === 'TABLE';
  const count = el('span', 'count');
  const place = el('div', '');
  const toggle = button('', () => {
    isOpen = !isOpen;
    refresh();
  });

  function refresh() {
    const all = fixed(part.rows.length, 0);
    const some = fixed(state.rows.length, 0);
    count.textContent = all === some ? `${all} rows` : `${some} rows chosen; the CSV has all ${all}`;
    toggle.textContent = isOpen ? 'Hide table' : 'Show table';
    toggle.setAttribute('aria-expanded', String(isOpen));
    place.replaceChildren(...(isOpen ? [tableOf(part, state.rows)] : []));
  }

  const bar = el(
    'div',
    'bar',
    toggle,
    button('Download CSV', () => download(part)),
    count,
  );
  box.append(bar, place);
  return refresh;
}

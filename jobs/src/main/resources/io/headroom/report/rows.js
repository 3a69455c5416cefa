'use strict';

// The page's rows, and how their values are written. Read first; the other scripts build on it.

const root = document.documentElement;

// ---- The data ----

const UNKNOWN = '–';
const DAY_MS = 86400000;
const PAGE_OF_ROWS = 200;
const ALL = Symbol('all');
const NUMERIC = new Set(['COUNT', 'NUMBER', 'SHARE', 'MONEY']);
/** Words for Headroom's own terms, by column. What others named keeps its name. */
const NAMES = {
  measure: { gpu_hours: 'GPU-hours', tokens: 'Tokens', mw: 'Power' },
  method: { mllib_growth: 'MLlib model', seasonal_naive: 'Seasonal naive' },
  cost_basis: { rate_card: 'rate card' },
};

/** Puts the values of text columns back where their places stand. */
function section(raw) {
  const columns = raw.columns.map((column, index) => ({ ...column, index, roles: new Set(column.roles) }));
  const texts = columns.filter((column) => column.values);
  for (const row of raw.rows) {
    for (const column of texts) {
      const place = row[column.index];
      row[column.index] = place === null ? null : column.values[place];
    }
  }
  const byName = new Map(columns.map((column) => [column.name, column]));
  return {
    ...raw,
    columns,
    column: (name) => byName.get(name),
    cell: (row, name) => row[byName.get(name).index],
    having: (role) => columns.filter((column) => column.roles.has(role)),
  };
}

const page = JSON.parse(document.getElementById('data').textContent);
const sections = new Map(page.sections.map((raw) => [raw.id, section(raw)]));
const today = Date.parse(page.asOf);

function distinct(values) {
  return [...new Set(values)];
}

/** A name for what the columns tell apart; columns that tell nothing apart are left out. */
function naming(rows, columns) {
  const apart = (some) => new Set(rows.map((row) => JSON.stringify(some.map((column) => row[column.index])))).size;
  const whole = apart(columns);
  let telling = columns;
  for (const column of [...columns].reverse()) {
    const fewer = telling.filter((each) => each !== column);
    if (fewer.length && apart(fewer) === whole) {
      telling = fewer;
    }
  }
  return fullName(telling);
}

function fullName(columns) {
  return (row) => {
    const telling = columns.filter((column) => row[column.index] !== 'all');
    return telling.length ? telling.map((column) => named(row[column.index], column)).join(' / ') : 'Fleet';
  };
}

function named(value, column) {
  const words = NAMES[column.name];
  return value === null ? '(unknown)' : words && Object.hasOwn(words, value) ? words[value] : String(value);
}

function spaced(value) {
  return value === null ? '' : String(value).replaceAll('_', ' ');
}

// ---- Numbers ----

function fixed(value, decimals) {
  return value.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

function percent(value, decimals = 1) {
  return fixed(value * 100, decimals) + ' %';
}

/** A single number for a card or a tooltip. */
function plain(value) {
  const size = Math.abs(value);
  if (size >= 1e7) {
    return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
  }
  if (size >= 1000) {
    return fixed(value, 0);
  }
  return value.toLocaleString('en-US', { maximumSignificantDigits: 4 });
}

function said(value, column) {
  if (value === null || value === undefined) {
    return UNKNOWN;
  }
  return column.kind === 'SHARE' ? percent(value) : plain(value);
}

function onAxis(column) {
  return (value) =>
    column.kind === 'SHARE'
      ? fixed(value * 100, 0) + ' %'
      : value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
}

/** Writes a column's cells with the same decimals, enough for its largest; a small number keeps digits of its own. */
function writer(column, rows) {
  if (column.kind === 'COUNT') {
    return (value) => fixed(value, 0);
  }
  if (!NUMERIC.has(column.kind)) {
    return (value) => named(value, column);
  }
  const scale = column.kind === 'SHARE' ? 100 : 1;
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(row[column.index] ?? 0) * scale), 0);
  const decimals =
    column.kind === 'SHARE'
      ? 1
      : column.kind === 'MONEY'
        ? 2
        : Math.min(6, Math.max(0, 3 - Math.floor(Math.log10(largest || 1))));
  const small = column.kind === 'NUMBER' ? 100 : 0.5;
  return (value) => {
    const number = value * scale;
    return number !== 0 && Math.abs(number) < small * 10 ** -decimals
      ? number.toLocaleString('en-US', { maximumSignificantDigits: 3 })
      : fixed(number, decimals);
  };
}

// ---- The document. Text enters it as text, never as markup. ----

function el(name, className, ...children) {
  const element = document.createElement(name);
  if (className) {
    element.className = className;
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** Prose whose dates do not break across lines. */
function prose(text) {
  return text.split(/(\d{4}-\d\d-\d\d)/).map((part, i) => (i % 2 ? el('span', 'date', part) : part));
}

function button(text, action) {
  const element = el('button', '', text);
  element.type = 'button';
  element.addEventListener('click', action);
  return element;
}

function empty(text) {
  return el('div', 'empty', el('b', '', 'No data'), el('span', '', text));
}

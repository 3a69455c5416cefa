'use strict';

// Puts the page together and follows theme, printer and scrolling.

// ---- Cards ----

function cardValue(part, row) {
  const value = part.cell(row, 'value');
  const unit = part.cell(row, 'unit') ?? '';
  if (part.cell(row, 'day') !== null) {
    return el('p', 'value', part.cell(row, 'day'));
  }
  if (value === null) {
    return el('p', 'value words', part.cell(row, 'words') ?? UNKNOWN);
  }
  return unit === 'share'
    ? el('p', 'value', percent(value))
    : el('p', 'value', Math.abs(value) >= 1000 ? fixed(value, 0) : plain(value), el('small', '', ` ${unit}`));
}

function cards(part, box) {
  const list = part.rows.map((row) =>
    el(
      'div',
      'card',
      el('p', 'label', part.cell(row, 'card')),
      cardValue(part, row),
      el('p', 'note', ...prose(part.cell(row, 'note') ?? '')),
    ),
  );
  box.append(el('div', 'cards', ...list));
}

// ---- The page ----

const redraws = [];

/** Keeps one chart in a box and draws it anew whenever choice, width or theme change. */
function drawn(part, place, state) {
  const box = place.querySelector('.chart');
  const finding = place.querySelector('.finding');
  const draw = CHARTS.get(part.chart);
  let chart = null;
  let width = 0;

  function redraw() {
    width = box.parentElement.clientWidth;
    const result = draw(part, state, width < 560);
    finding.replaceChildren(...prose(result.finding ?? result.hint ?? ''));
    finding.classList.toggle('hint', !result.finding);
    if (result.message) {
      chart?.dispose();
      chart = null;
      box.style.height = '';
      box.replaceChildren(empty(result.message));
      return;
    }
    if (!chart) {
      box.replaceChildren();
      chart = echarts.init(box, null, { renderer: result.renderer ?? 'svg' });
      box.setAttribute('role', 'img');
      box.setAttribute('aria-label', `Chart: ${part.title}. The table below has its figures.`);
    }
    // An empty box has no width.
    const { option, height } = withLegend(result, box.clientWidth);
    box.style.height = `${height}px`;
    chart.dispatchAction({ type: 'hideTip' });
    chart.resize();
    chart.setOption(option, { notMerge: true });
  }

  new ResizeObserver(() => {
    if (box.parentElement.clientWidth !== width) {
      redraw();
    }
  }).observe(box.parentElement);
  return redraw;
}

function build(part) {
  const place = document.getElementById(part.id);
  const box = place.querySelector('.chart');
  if (!part.rows.length) {
    box.append(empty(part.whenEmpty));
    place.querySelector('.caption').hidden = true;
    return;
  }
  const actions = [];
  const state = chooser(part, place.querySelector('.choices'), () => actions.forEach((action) => action()));
  if (part.chart === 'CARDS') {
    cards(part, box);
  } else if (CHARTS.has(part.chart)) {
    const redraw = drawn(part, place, state);
    actions.push(redraw);
    redraws.push(redraw);
  }
  actions.push(rowsStrip(part, place.querySelector('.rows'), state));
  actions.forEach((action) => action());
}

const dark = matchMedia('(prefers-color-scheme: dark)');
const themeButton = document.getElementById('theme');

function isDark() {
  return root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches;
}

function labelButton() {
  themeButton.textContent = isDark() ? 'Light' : 'Dark';
  themeButton.setAttribute('aria-label', isDark() ? 'Use the light theme' : 'Use the dark theme');
}

function themeChanged() {
  labelButton();
  redraws.forEach((redraw) => redraw());
}

function remembered(theme) {
  try {
    if (theme) {
      localStorage.setItem('headroom-theme', theme);
    }
    return localStorage.getItem('headroom-theme');
  } catch {
    return null; // Some browsers keep nothing for a file.
  }
}

function followTheme() {
  if (['light', 'dark'].includes(remembered())) {
    root.dataset.theme = remembered();
  }
  labelButton();
  themeButton.hidden = false;
  themeButton.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    remembered(root.dataset.theme);
    themeChanged();
  });
  dark.addEventListener('change', themeChanged);
}

/** Paper is light and narrower than the screen. */
function followPrinter() {
  let theme;
  addEventListener('beforeprint', () => {
    theme = root.dataset.theme;
    root.dataset.theme = 'light';
    root.dataset.printing = '';
    themeChanged();
  });
  addEventListener('afterprint', () => {
    delete root.dataset.printing;
    if (theme) {
      root.dataset.theme = theme;
    } else {
      delete root.dataset.theme;
    }
    themeChanged();
  });
}

function followScroll() {
  const links = new Map([...document.querySelectorAll('nav a')].map((each) => [each.hash.slice(1), each]));
  const watch = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((each) => each.isIntersecting)) {
        links.forEach((each) => each.removeAttribute('aria-current'));
        links.get(entry.target.id)?.setAttribute('aria-current', 'true');
      }
    },
    { rootMargin: '-15% 0px -75% 0px' },
  );
  document.querySelectorAll('main > section').forEach((each) => watch.observe(each));
}

followTheme();
sections.forEach(build);
followPrinter();
followScroll();

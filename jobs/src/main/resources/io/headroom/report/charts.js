'use strict';

// The charts. Each is a function from a section and what is chosen to an ECharts option; the words in it are text.

const probe = el('span', '');
probe.hidden = true;
document.body.append(probe);

/** The colour that the style sheet gives a name, in the theme of the moment. */
function colour(name) {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

function faded(name, opacity) {
  return colour(name).replace(/^rgb\((.*)\)$/, `rgba($1, ${opacity})`);
}

const TINTS = new Map([
  ['accepted_rows', 'good'],
  ['duplicate_rows', 'mid'],
  ['rejected_rows', 'bad'],
  ['direct_cost', 'good'],
  ['idle_cost', 'mid'],
  ['unallocated_cost', 'series-2'],
  ['usage_cost', 'good'],
  ['idle_bridge', 'mid'],
  ['billed_less_effective', 'series-2'],
  ['tensor_active_gpu_hours', 'good'],
  ['untold_gpu_hours', 'mid'],
  ['delivery_slip_gpu_hours', 'series-2'],
  ['productive_gpu_hours', 'good'],
  ['unreported_gpu_hours', 'mid'],
]);

/** The n-th of many series: seven colours, then the same ones dashed, then dotted. */
function strokeOf(index) {
  const types = ['solid', 'dashed', 'dotted'];
  return { color: colour(`series-${(index % 7) + 1}`), type: types[Math.floor(index / 7) % 3] };
}

/** The colour of a part of a stack: one that its name has, else one that none of the named ones is. */
function tint(column, index) {
  return colour(TINTS.get(column.name) ?? `series-${((index + 1) % 6) + 2}`);
}

const LEGEND_ROW = 18;

/** A legend that needs a few rows gets them, and what is below it moves down; a longer one turns pages. */
function withLegend({ option, height, ...rest }, width) {
  const { legend } = option;
  if (legend.show === false) {
    return { option, height, ...rest };
  }
  const names = legend.data ?? distinct(option.series.map((each) => each.name).filter(Boolean));
  let rows = 1;
  let filled = 0;
  for (const name of names) {
    const room = legend.itemWidth + 17 + Math.ceil(widthOf(name, 12));
    rows += filled > 0 && filled + room > width - 12 ? 1 : 0;
    filled = filled > 0 && filled + room <= width - 12 ? filled + room : room;
  }
  const isPrinting = 'printing' in root.dataset;
  if (rows > 4 && !isPrinting) {
    return { option, height, ...rest };
  }
  const extra = (rows - 1) * LEGEND_ROW;
  const wrapped = {
    ...option,
    legend: { ...legend, type: 'plain' },
    grid: { ...option.grid, top: option.grid.top + extra },
  };
  if (option.title) {
    wrapped.title = { ...option.title, top: option.title.top + extra };
  }
  return { option: wrapped, height: height + extra, ...rest };
}

function tip(title, lines, notes = []) {
  const box = el('div', 'tip', el('b', '', title));
  for (const line of lines) {
    const dot = el('span', line.colour ? 'dot' : '');
    dot.style.background = line.colour ?? '';
    box.append(dot, el('span', '', line.name), el('span', 'amount', line.value));
  }
  notes.filter(Boolean).forEach((note) => box.append(el('i', '', note)));
  return box;
}

function day(time) {
  return new Date(time).toISOString().slice(0, 10);
}

/** What all charts share. Formatters give elements or canvas text; nothing is parsed as markup. */
function frame(formatter, trigger = 'axis') {
  const text = colour('muted');
  return {
    useUTC: true,
    animation: false,
    textStyle: { fontFamily: fontFamily(), color: text },
    legend: {
      type: 'scroll',
      top: 0,
      left: 0,
      itemWidth: 18,
      itemHeight: 9,
      itemGap: 10,
      textStyle: { color: colour('text') },
      inactiveColor: colour('mid'),
      pageTextStyle: { color: text },
      pageIconColor: colour('accent'),
      pageIconInactiveColor: colour('line'),
      tooltip: { show: false },
    },
    tooltip: {
      trigger,
      formatter,
      confine: true,
      transitionDuration: 0,
      backgroundColor: colour('surface'),
      borderColor: colour('line'),
      padding: [7, 10],
      axisPointer: { type: trigger === 'axis' ? 'line' : 'none', lineStyle: { color: text } },
    },
  };
}

function grid(extra = {}) {
  return { left: 4, right: 14, top: 58, bottom: 8, containLabel: true, ...extra };
}

function axis(type, extra = {}) {
  const isValue = type === 'value';
  return {
    type,
    nameTextStyle: { color: colour('muted'), align: 'left' },
    axisLine: { show: !isValue, lineStyle: { color: colour('line') } },
    axisTick: { show: !isValue, lineStyle: { color: colour('line') } },
    splitLine: { show: isValue, lineStyle: { color: colour('line') } },
    ...extra,
    axisLabel: { color: colour('muted'), hideOverlap: true, ...extra.axisLabel },
  };
}

/** The unit stands above the axis, flush left, whatever the width of the labels. */
function axisTitle(text) {
  return { text, left: 0, top: 28, textStyle: { fontSize: 12, fontWeight: 400, color: colour('muted') } };
}

function timeZoom() {
  return {
    type: 'slider',
    height: 16,
    bottom: 6,
    left: 44,
    right: 24,
    borderColor: 'transparent',
    backgroundColor: colour('soft'),
    fillerColor: faded('accent', 0.15),
    handleStyle: { color: colour('surface'), borderColor: colour('muted') },
    moveHandleSize: 0,
    showDetail: false,
    showDataShadow: false,
    brushSelect: false,
  };
}

/** Days that have no row break the line. */
function withGaps(points) {
  points.sort((a, b) => a[0] - b[0]);
  const line = [];
  points.forEach((point, i) => {
    if (i > 0 && point[0] - points[i - 1][0] > 1.5 * DAY_MS) {
      line.push([points[i - 1][0] + DAY_MS, null]);
    }
    line.push(point);
  });
  return line;
}

function unitOf(column, state) {
  const currency = state.names.get('Currency');
  return column.unit === 'currency' ? (currency ?? 'currency not stated') : column.unit;
}

function lines(part, state) {
  const [x] = part.having('X');
  const { value } = state;
  const rows = state.rows.filter((row) => row[value.index] !== null);
  if (!rows.length) {
    return nothingOf(value, part);
  }
  const name = naming(state.rows, part.having('SERIES'));
  const points = new Map();
  for (const row of rows) {
    const key = name(row);
    if (!points.has(key)) {
      points.set(key, []);
    }
    points.get(key).push([Date.parse(row[x.index]), row[value.index]]);
  }
  const names = [...points.keys()].sort();
  const formatter = (items) => {
    const told = items.filter((item) => item.value[1] !== null).sort((a, b) => b.value[1] - a.value[1]);
    const shown = told.slice(0, 14);
    return tip(
      day(items[0].value[0]),
      shown.map((item) => ({ colour: item.color, name: item.seriesName, value: said(item.value[1], value) })),
      [
        told.length > shown.length ? `and ${told.length - shown.length} more` : '',
        value.kind === 'SHARE' ? '' : unitOf(value, state),
      ],
    );
  };
  return {
    height: 340,
    option: {
      ...frame(formatter),
      title: axisTitle(`${value.label}, ${unitOf(value, state)}`),
      grid: grid({ bottom: 34 }),
      xAxis: axis('time'),
      yAxis: axis('value', { min: 0, axisLabel: { formatter: onAxis(value) } }),
      dataZoom: [timeZoom()],
      series: names.map((key, i) => seriesLine(key, withGaps(points.get(key)), strokeOf(i))),
    },
  };
}

function seriesLine(name, data, stroke, extra = {}) {
  return {
    name,
    type: 'line',
    data,
    lineStyle: { width: 1.6, ...stroke },
    itemStyle: { color: stroke.color },
    symbol: 'circle',
    symbolSize: 4,
    showSymbol: data.length < 45,
    emphasis: { focus: 'series' },
    ...extra,
  };
}

function nothingOf(column, part) {
  return { message: `No row of this choice tells “${column.label}”. ${part.whenEmpty}` };
}

function wait(date) {
  const days = Math.ceil((Date.parse(date) - today) / DAY_MS);
  return days > 0 ? `in ${fixed(days, 0)} days` : 'already';
}

/** The base scenario's gap of the series that a fan shows. */
function gapOf(part, row) {
  const gaps = sections.get('capacity_gap');
  const keys = ['measure', 'provider', 'region'];
  return gaps.rows
    .filter((gap) => gaps.cell(gap, 'scenario') === 'base')
    .filter((gap) => keys.every((key) => gaps.cell(gap, key) === part.cell(row, key)))
    .map((gap) => ({
      p50: gaps.cell(gap, 'first_day_p50_exceeds'),
      p90: gaps.cell(gap, 'first_day_p90_exceeds'),
      from: gaps.cell(gap, 'compared_from'),
      until: gaps.cell(gap, 'until'),
    }))[0];
}

function gapSentence(gap) {
  if (!gap) {
    return '';
  }
  if (gap.from === null) {
    return 'No supply is stated in this measure, so demand has nothing to cross.';
  }
  const told = (name, date) =>
    date ? `${name} demand first exceeds supply on ${date} (${wait(date)})` : `${name} demand stays within supply`;
  return `Daily means from ${gap.from} to ${gap.until}: ${told('P50', gap.p50)}; ${told('P90', gap.p90)}.`;
}

/** Names stand away from one another: those of earlier days to the left of their line, the last to the right. */
function marks(gap, lastActual) {
  const mark = (name, date, tint, align = 'right') => ({
    name,
    xAxis: date,
    lineStyle: { color: colour(tint), type: 'dashed', width: 1.2 },
    label: { color: colour(tint), fontWeight: 600, align, formatter: () => name },
  });
  const list = [];
  if (lastActual !== undefined) {
    list.push(mark('forecast ▸', lastActual, 'muted'));
  }
  if (gap?.p90) {
    list.push(mark('P90', Date.parse(gap.p90), 'bad'));
  }
  if (gap?.p50 && gap.p50 !== gap.p90) {
    list.push(mark('P50', Date.parse(gap.p50), 'bad', 'left'));
  }
  if (gap?.p50 && gap.p50 === gap.p90) {
    list[list.length - 1] = mark('P50, P90', Date.parse(gap.p50), 'bad', 'left');
  }
  return { silent: true, symbol: 'none', data: list, animation: false };
}

function fanTip(part, row) {
  const told = (name, column, tint) => {
    const value = part.cell(row, column);
    return value === null ? null : { colour: colour(tint), name, value: plain(value) };
  };
  const planned = part.cell(row, 'planned_share');
  return tip(
    part.cell(row, 'day'),
    [
      told('Actual', 'actual', 'text'),
      told('P90', 'p90', 'series-1'),
      told('P50', 'p50', 'series-1'),
      told('P10', 'p10', 'series-1'),
      told('Supply', 'supply', 'bad'),
    ].filter(Boolean),
    [planned > 0 ? `${percent(planned, 0)} of the supply is planned, not yet actual` : '', part.cell(row, 'unit')],
  );
}

function fan(part, state) {
  const rows = state.rows.map((row) => ({ time: Date.parse(part.cell(row, 'day')), row }));
  const byTime = new Map(rows.map(({ time, row }) => [time, row]));
  const line = (of) => rows.map(({ time, row }) => [time, of((name) => part.cell(row, name))]);
  const known = (name) => rows.some(({ row }) => part.cell(row, name) !== null);
  const actuals = rows.filter(({ row }) => part.cell(row, 'actual') !== null);
  const gap = gapOf(part, rows[0].row);
  const hasPlans = rows.some(({ row }) => part.cell(row, 'planned_share') > 0);
  const band = { type: 'line', stack: 'band', stackStrategy: 'all', symbol: 'none', silent: true };
  const none = { opacity: 0 };
  const supply = { color: colour('bad'), type: 'solid', width: 2 };
  const series = [
    { ...band, name: 'P10', data: line((of) => of('p10')), lineStyle: none, tooltip: { show: false } },
    {
      ...band,
      name: 'P10 to P90',
      data: line((of) => (of('p90') === null ? null : of('p90') - of('p10'))),
      lineStyle: none,
      itemStyle: { color: faded('series-1', 0.35) },
      symbol: 'roundRect',
      showSymbol: false,
      areaStyle: { color: faded('series-1', 0.22) },
    },
    seriesLine(
      'P50',
      line((of) => of('p50')),
      { color: colour('series-1'), type: 'dashed', width: 2 },
      quiet,
    ),
    seriesLine(
      'Actual',
      line((of) => of('actual')),
      { color: colour('text'), width: 1.3 },
      {
        ...quiet,
        markLine: marks(gap, actuals.length ? actuals[actuals.length - 1].time : undefined),
      },
    ),
    seriesLine(
      'Supply',
      line((of) => of('supply')),
      supply,
      { ...quiet, step: 'end' },
    ),
  ];
  if (hasPlans) {
    const actualPart = (of) => (of('supply') === null ? null : of('supply') * (1 - (of('planned_share') ?? 0)));
    const stroke = { color: colour('bad'), type: 'dotted', width: 1.5 };
    series.push(seriesLine('Supply, of it actual', line(actualPart), stroke, { ...quiet, step: 'end' }));
  }
  const unit = part.cell(rows[0].row, 'unit');
  const shown = series.filter((each) => !/^Supply/.test(each.name) || known('supply'));
  const base = frame((items) => fanTip(part, byTime.get(items[0].value[0])));
  return {
    height: 420,
    finding: gapSentence(gap),
    option: {
      ...base,
      title: axisTitle(unit),
      legend: { ...base.legend, data: shown.map((each) => each.name).filter((name) => name !== 'P10') },
      grid: grid({ top: 70, bottom: 34 }),
      xAxis: axis('time'),
      yAxis: axis('value', { min: 0, axisLabel: { formatter: onAxis({ kind: 'NUMBER' }) } }),
      dataZoom: [timeZoom()],
      series: shown,
    },
  };
}

const quiet = { showSymbol: false, emphasis: { disabled: true } };

function stackedColumns(part, state) {
  const [x] = part.having('X');
  const values = part.having('VALUE');
  const categories = distinct(state.rows.map((row) => row[x.index])).sort();
  const unit = state.names.get('Currency') ?? values[0].unit;
  const sums = (column) =>
    categories.map((category) =>
      state.rows.filter((row) => row[x.index] === category).reduce((sum, row) => sum + (row[column.index] ?? 0), 0),
    );
  const formatter = (items) => {
    const whole = items.reduce((sum, item) => sum + item.value, 0);
    const told = items.map((item) => ({
      colour: item.color,
      name: `${item.seriesName} (${whole ? percent(item.value / whole) : UNKNOWN})`,
      value: plain(item.value),
    }));
    return tip(items[0].name, told, [unit]);
  };
  return {
    height: 260,
    option: {
      ...frame(formatter),
      title: axisTitle(unit),
      grid: grid(),
      xAxis: axis('category', { data: categories }),
      yAxis: axis('value', { axisLabel: { formatter: onAxis({ kind: 'NUMBER' }) } }),
      series: values.map((column, i) => ({
        name: column.label,
        type: 'bar',
        stack: 'whole',
        data: sums(column),
        barMaxWidth: 44,
        itemStyle: { color: tint(column, i) },
      })),
    },
  };
}

function stackedRows(part, state, isNarrow) {
  const name = naming(part.rows, part.having('X'));
  const values = part.having('VALUE');
  const categories = state.rows.map(name);
  const isShare = state.value === 'Share of rows';
  const whole = (row) => values.reduce((sum, column) => sum + row[column.index], 0);
  const length = (row, column) => (isShare && whole(row) ? row[column.index] / whole(row) : row[column.index]);
  const formatter = (items) => {
    const row = state.rows[items[0].dataIndex];
    const told = values.map((column) => ({
      colour: colour(TINTS.get(column.name)),
      name: `${column.label} (${whole(row) ? percent(row[column.index] / whole(row), 2) : UNKNOWN})`,
      value: fixed(row[column.index], 0),
    }));
    return tip(categories[items[0].dataIndex], told, [`${fixed(whole(row), 0)} rows received`]);
  };
  const unit = { kind: isShare ? 'SHARE' : 'COUNT' };
  const { yAxis, left } = namedRows(categories, isNarrow);
  const base = frame(formatter);
  return {
    height: 70 + state.rows.length * 26,
    option: {
      ...base,
      tooltip: { ...base.tooltip, axisPointer: { type: 'none' } },
      grid: { top: 30, bottom: 26, right: 64, left },
      xAxis: axis('value', { max: isShare ? 1 : null, axisLabel: { formatter: onAxis(unit) } }),
      yAxis,
      series: values.map((column, i) => ({
        name: column.label,
        type: 'bar',
        stack: 'whole',
        data: state.rows.map((row) => length(row, column)),
        barMaxWidth: 16,
        itemStyle: { color: colour(TINTS.get(column.name)) },
        label: {
          show: i === values.length - 1,
          position: 'right',
          color: colour('text'),
          formatter: (item) => {
            const row = state.rows[item.dataIndex];
            return whole(row) ? percent(Math.floor((row[values[0].index] / whole(row)) * 1000) / 1000) : 'no rows';
          },
        },
      })),
    },
  };
}

const NAME_SIZE = 11;
const pen = document.createElement('canvas').getContext('2d');

/** A chart with names down its left side: the room that they take, and no more than a part of the width. */
function namedRows(categories, isNarrow, extra = {}) {
  const longest = categories.reduce((most, name) => Math.max(most, widthOf(name, NAME_SIZE)), 0);
  const width = Math.min(Math.ceil(longest), isNarrow ? 116 : 260);
  const yAxis = axis('category', {
    data: categories,
    inverse: true,
    axisTick: { show: false },
    ...extra,
    axisLabel: {
      color: colour('text'),
      fontSize: NAME_SIZE,
      interval: 0,
      hideOverlap: false,
      formatter: (name) => shortened(name, width),
    },
  });
  return { yAxis, left: width + 12 };
}

/** Leaves out the middle of a name that is too long: its end tells as much as its beginning. */
function shortened(name, width) {
  if (widthOf(name, NAME_SIZE) <= width) {
    return name;
  }
  let kept = name.length - 1;
  const cut = () => `${name.slice(0, Math.ceil(kept / 2))}…${name.slice(name.length - Math.floor(kept / 2))}`;
  while (kept > 2 && widthOf(cut(), NAME_SIZE) > width) {
    kept--;
  }
  return cut();
}

function widthOf(text, size) {
  pen.font = `${size}px ${fontFamily()}`;
  return pen.measureText(text).width;
}

function fontFamily() {
  return getComputedStyle(document.body).fontFamily;
}

function groupedColumns(part, state, isNarrow) {
  const { value } = state;
  const rows = state.rows.filter((row) => row[value.index] !== null);
  if (!rows.length) {
    return nothingOf(value, part);
  }
  const place = fullName(part.having('X'));
  const name = naming(part.rows, part.having('SERIES'));
  const categories = distinct(rows.map(place));
  const methods = distinct(rows.map(name)).sort();
  const found = new Map(rows.map((row) => [JSON.stringify([place(row), name(row)]), row[value.index]]));
  const formatter = (items) =>
    tip(
      items[0].name,
      items.map((item) => ({ colour: item.color, name: item.seriesName, value: said(item.value, value) })),
      [value.label],
    );
  return {
    height: 300,
    option: {
      ...frame(formatter),
      title: axisTitle(value.kind === 'SHARE' ? value.label : `${value.label}, ${unitOf(value, state)}`),
      grid: grid(),
      xAxis: axis('category', { data: categories, axisLabel: slanted(categories, isNarrow) }),
      yAxis: axis('value', { axisLabel: { formatter: onAxis(value) } }),
      series: methods.map((method, i) => ({
        name: method,
        type: 'bar',
        data: categories.map((category) => found.get(JSON.stringify([category, method])) ?? null),
        barMaxWidth: 30,
        itemStyle: { color: colour(method === NAMES.method.seasonal_naive ? 'mid' : `series-${(i % 7) + 1}`) },
        markLine: i === 0 && value.name === 'coverage' ? target() : undefined,
      })),
    },
  };
}

/** Names under columns: level where there is room, else aslant, and every one of them. */
function slanted(categories, isNarrow) {
  const isTight = categories.length > (isNarrow ? 3 : 7);
  const room = Math.floor((isNarrow ? 280 : 840) / categories.length);
  return {
    interval: 0,
    hideOverlap: false,
    rotate: isTight ? 35 : 0,
    width: isTight ? 120 : room,
    overflow: 'truncate',
    fontSize: NAME_SIZE,
  };
}

function target() {
  return {
    silent: true,
    symbol: 'none',
    lineStyle: { color: colour('bad'), type: 'dashed' },
    label: { formatter: () => '80 %', color: colour('bad'), position: 'insideEndTop' },
    data: [{ yAxis: 0.8 }],
  };
}

function daysBetween(first, last) {
  const days = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += DAY_MS) {
    days.push(day(time));
  }
  return days;
}

const HEAT_ROWS_IN_VIEW = 48;

function heatTip(part, row, title) {
  const told = (name) => {
    const column = part.column(name);
    const value = part.cell(row, name);
    const unit = column.kind === 'SHARE' || value === null ? '' : ` ${column.unit}`;
    return { name: column.label, value: said(value, column) + unit };
  };
  const columns = ['mean_power_kw', 'p95_power_kw', 'max_power_kw', 'nameplate_kw', 'nameplate_share', 'covered_h'];
  return tip(title, columns.map(told), [`Basis: ${part.cell(row, 'power_basis') || UNKNOWN}`]);
}

function heatMap(part, state, isNarrow) {
  const [x] = part.having('X');
  const { value } = state;
  const rows = state.rows.filter((row) => row[value.index] !== null);
  if (!rows.length) {
    return nothingOf(value, part);
  }
  const name = naming(state.rows, part.having('SERIES'));
  const dates = rows.map((row) => row[x.index]).sort();
  const days = daysBetween(dates[0], dates[dates.length - 1]);
  const racks = distinct(rows.map(name));
  const dayAt = new Map(days.map((each, i) => [each, i]));
  const rackAt = new Map(racks.map((each, i) => [each, i]));
  const data = rows.map((row) => [dayAt.get(row[x.index]), rackAt.get(name(row)), row[value.index]]);
  const extent = data.reduce(
    ([least, most], [, , each]) => [Math.min(least, each), Math.max(most, each)],
    [Infinity, -Infinity],
  );
  const inView = Math.min(racks.length, HEAT_ROWS_IN_VIEW);
  const isLong = racks.length > inView;
  const step = isNarrow ? 15 : 17;
  const { yAxis, left } = namedRows(racks, isNarrow);
  const formatter = (item) => heatTip(part, rows[item.dataIndex], `${racks[item.value[1]]}, ${days[item.value[0]]}`);
  return {
    height: 66 + inView * step,
    renderer: 'canvas',
    hint: isLong ? `${inView} of ${racks.length} racks are in view; move the bar at the right to see the others.` : '',
    option: {
      ...frame(formatter, 'item'),
      legend: { show: false },
      title: { ...axisTitle(`${value.label}, ${value.unit}`), top: 4 },
      grid: { top: 40, bottom: 26, right: isLong ? 30 : 6, left },
      xAxis: axis('category', {
        data: days,
        axisLabel: { formatter: (each) => each.slice(5) },
        axisTick: { show: false },
      }),
      yAxis,
      visualMap: {
        min: extent[0],
        max: extent[1] > extent[0] ? extent[1] : extent[0] + 1,
        calculable: true,
        orient: 'horizontal',
        right: 30,
        top: 0,
        itemWidth: 11,
        itemHeight: isNarrow ? 70 : 160,
        formatter: (each) => said(each, value),
        textStyle: { color: colour('muted') },
        inRange: { color: [1, 2, 3, 4, 5].map((i) => colour(`heat-${i}`)) },
      },
      dataZoom: isLong ? [rowZoom(inView)] : [],
      series: [
        {
          type: 'heatmap',
          data,
          progressive: 0,
          itemStyle: { borderColor: colour('surface'), borderWidth: 1 },
          emphasis: { itemStyle: { borderColor: colour('text') } },
        },
      ],
    },
  };
}

function rowZoom(inView) {
  const { bottom, left, height, right, ...look } = timeZoom();
  return {
    ...look,
    yAxisIndex: 0,
    orient: 'vertical',
    width: 14,
    right: 4,
    top: 40,
    bottom: 26,
    startValue: 0,
    endValue: inView - 1,
  };
}

const PRECISION_MONTHS = new Map([
  ['month', 1],
  ['quarter', 3],
  ['half', 6],
  ['year', 12],
]);

/** The first day that a coarse date may mean: it stands at its last. */
function earliest(time, precision) {
  const months = PRECISION_MONTHS.get(precision);
  const date = new Date(time);
  return months ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months + 1, 1) : time;
}

function milestoneTip(part, row) {
  const of = (name) => part.cell(row, name);
  const amount = (number, qualifier, unit) =>
    number === null ? null : `${spaced(qualifier === 'exact' ? null : qualifier)} ${plain(number)} ${unit}`.trim();
  const basis = of('mw_basis') ? ` (${of('mw_basis')})` : '';
  const facts = [
    ['State', `${spaced(of('state'))}, ${of('confidence')}`],
    ['Planned', of('planned_on') && `${of('planned_on')} (${of('date_precision') ?? 'day'})`],
    ['Actual', of('actual_on')],
    ['Power', amount(of('mw'), of('mw_qualifier'), `MW${basis}`)],
    ['Accelerators', amount(of('accelerators'), of('accelerators_qualifier'), of('accelerator') ?? 'GPUs')],
    ['Overlap group', of('overlap_group')],
  ];
  const told = facts.filter(([, value]) => value).map(([name, value]) => ({ name, value }));
  return tip(`${of('provider')}, ${of('site')}`, told, [of('note')]);
}

/** What the mark at a planned day says. Known before that day, a milestone is planned, whatever its state. */
function standing(part, row) {
  const of = (name) => part.cell(row, name);
  if (['paused', 'dropped'].includes(of('state'))) {
    return 'Paused or dropped';
  }
  const isReached = ['delivered', 'energised'].includes(of('state')) && of('actual_on') === null;
  if (isReached && of('planned_on') <= of('known_at').slice(0, 10)) {
    return 'Reached, day not told';
  }
  return { signed: 'Planned, signed', loi: 'Planned, letter of intent' }[of('confidence')] ?? 'Planned, reported';
}

function timeline(part, state, isNarrow) {
  const name = fullName(part.having('SERIES'));
  const time = (row, column) => (part.cell(row, column) === null ? null : Date.parse(part.cell(row, column)));
  const dated = state.rows.filter((row) => time(row, 'planned_on') !== null || time(row, 'actual_on') !== null);
  if (!dated.length) {
    return { message: 'No milestone of this choice has a date; the table has them all.' };
  }
  const sites = distinct(dated.map(name));
  const at = (row) => sites.indexOf(name(row));
  const point = (row, column) => ({ value: [time(row, column), at(row)], row });
  const planned = dated.filter((row) => time(row, 'planned_on') !== null);
  const symbols = [
    ['Planned, signed', 'diamond', 'series-1'],
    ['Planned, letter of intent', 'diamond', 'series-2'],
    ['Planned, reported', 'diamond', 'series-7'],
    ['Paused or dropped', 'rect', 'mid'],
    ['Reached, day not told', 'triangle', 'series-3'],
  ];
  const scatter = (title, symbol, tint, data, extra = {}) => ({
    name: title,
    type: 'scatter',
    symbol,
    symbolSize: 10,
    data,
    itemStyle: { color: colour(tint), ...extra },
    z: 4,
  });
  const span = (row) => {
    const end = time(row, 'planned_on');
    return {
      coords: [
        [earliest(end, part.cell(row, 'date_precision')), at(row)],
        [end, at(row)],
      ],
    };
  };
  const slip = (row) => ({
    coords: [
      [time(row, 'planned_on'), at(row)],
      [time(row, 'actual_on'), at(row)],
    ],
  });
  const strokes = (data, lineStyle) => ({
    type: 'lines',
    coordinateSystem: 'cartesian2d',
    data,
    lineStyle,
    silent: true,
    z: 2,
  });
  const both = planned.filter((row) => time(row, 'actual_on') !== null);
  const base = frame((item) => milestoneTip(part, item.data.row), 'item');
  const spans = planned.map(span);
  const times = [
    ...spans.flatMap(({ coords }) => coords.map(([each]) => each)),
    ...dated.map((row) => time(row, 'actual_on')),
  ];
  const known = times.filter((each) => each !== null);
  const splitLine = { show: true, lineStyle: { color: colour('line') } };
  const { yAxis, left } = namedRows(sites, isNarrow, { splitLine });
  return {
    height: 72 + sites.length * 22,
    option: {
      ...base,
      legend: { ...base.legend, itemWidth: 12, itemHeight: 12 },
      grid: { top: 46, bottom: 26, right: 14, left },
      xAxis: axis('time', { min: Math.min(...known) - 45 * DAY_MS, max: Math.max(...known) + 45 * DAY_MS }),
      yAxis,
      series: [
        strokes(spans, { color: faded('series-1', 0.3), width: 6, opacity: 1 }),
        strokes(both.map(slip), { color: colour('muted'), width: 1.3, opacity: 1, type: 'dotted' }),
        ...symbols.map(([title, symbol, tint]) =>
          scatter(
            title,
            symbol,
            tint,
            planned.filter((row) => standing(part, row) === title).map((row) => point(row, 'planned_on')),
            {
              borderColor: colour('surface'),
              borderWidth: 1,
            },
          ),
        ),
        {
          ...scatter(
            'Happened',
            'circle',
            'series-3',
            dated.filter((row) => time(row, 'actual_on') !== null).map((row) => point(row, 'actual_on')),
          ),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: colour('muted'), type: 'dashed' },
            label: { formatter: () => 'as of', color: colour('muted'), position: 'start' },
            data: [{ xAxis: today }],
          },
        },
      ],
    },
  };
}

const CHARTS = new Map([
  ['FAN', fan],
  ['LINES', lines],
  ['STACKED_COLUMNS', stackedColumns],
  ['STACKED_ROWS', stackedRows],
  ['GROUPED_COLUMNS', groupedColumns],
  ['HEAT_MAP', heatMap],
  ['TIMELINE', timeline],
]);

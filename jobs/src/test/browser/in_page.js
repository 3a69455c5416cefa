'use strict';

// What the test asks of a page: `look`.

(() => {
  const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });

  /** Red, green and blue of any colour that the page writes. */
  function rgb(colour) {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = '#000';
    pen.fillStyle = String(colour).replace(/^rgba\((.*),[^,]*\)$/, 'rgb($1)');
    pen.fillRect(0, 0, 1, 1);
    return pen.getImageData(0, 0, 1, 1).data.slice(0, 3).join();
  }

  /** The colours of what has been drawn in a box, whichever way it is drawn. */
  function painted(box) {
    const colours = new Set();
    for (const shape of box.querySelectorAll('svg path, svg rect, svg circle, svg polyline')) {
      const { width, height } = shape.getBoundingClientRect();
      for (const name of ['fill', 'stroke']) {
        const colour = shape.getAttribute(name);
        if (width + height > 0 && colour && colour !== 'none') {
          colours.add(rgb(colour));
        }
      }
    }
    for (const canvas of box.querySelectorAll('canvas')) {
      const { width, height } = Object.assign(pen.canvas, { width: canvas.width, height: canvas.height });
      pen.drawImage(canvas, 0, 0);
      const { data } = pen.getImageData(0, 0, width, height);
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 255) {
          colours.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
        }
      }
    }
    return colours;
  }

  /** The value of each point that has one; of a stroke its length. */
  function points({ data }) {
    const last = (point) => (Array.isArray(point) ? point[point.length - 1] : point);
    const length = ([[from], [to]]) => to - from;
    const value = (point) => (point?.coords ? length(point.coords) : last(point?.value ?? point));
    return data.map(value).filter((each) => each !== null);
  }

  function colourOf(series) {
    const line = series.lineStyle?.opacity === 0 ? null : series.lineStyle?.color;
    return series.areaStyle?.color ?? line ?? series.itemStyle?.color;
  }

  /** The place in the window of a series' middle point, which a pointer can be moved to. */
  function place(chart, box, series, index) {
    const list = series.data.filter((point) => points({ data: [point] }).length && !point?.coords);
    const point = list[Math.floor(list.length / 2)];
    if (!Array.isArray(point?.value ?? point)) {
      return null;
    }
    const [x, y] = chart.convertToPixel({ seriesIndex: index }, point.value ?? point);
    const { left, top } = box.getBoundingClientRect();
    return [left + x, top + y];
  }

  window.look = {
    /** What an ECharts instance was told to draw, and whether it did; null where there is none. */
    chart(box) {
      const chart = echarts.getInstanceByDom(box);
      if (!chart) {
        return null;
      }
      const colours = painted(box);
      const series = chart.getOption().series.map((each, i) => {
        const values = points(each);
        const colour = colourOf(each);
        const isBlank = values.every((value) => value === 0) || (!colour && each.type !== 'heatmap');
        const isDrawn = colour ? colours.has(rgb(colour)) : colours.size > 4;
        return { name: each.name, type: each.type, points: values.length, isDrawn: isBlank || isDrawn, at: place(chart, box, each, i) };
      });
      return { series, width: box.clientWidth, drawnWidth: chart.getWidth() };
    },

    /** What reaches beyond the right edge of the page. */
    overflow() {
      const { clientWidth, scrollWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) {
        return [];
      }
      const wide = [...document.body.querySelectorAll('*')].filter(
        (each) => each.getBoundingClientRect().right > clientWidth && !each.closest('.scroll *, nav *'),
      );
      const told = (each) => `${each.tagName.toLowerCase()}.${each.getAttribute('class') ?? ''}#${each.closest('section')?.id}`;
      return [`${scrollWidth} px of ${clientWidth}`, ...wide.slice(0, 8).map(told)];
    },

    /** How many of the elements there are that markup in a label would make. */
    injected() {
      const own = document.querySelectorAll('body > script').length;
      return {
        elements: document.querySelectorAll('img, iframe, object, embed, form, base, svg image, svg script').length,
        scripts: document.querySelectorAll('script').length - own,
        ran: 'hacked' in window,
      };
    },
  };
})();

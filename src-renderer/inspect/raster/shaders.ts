/**
 * Shaders of the raster. A band is one viewport: its corner is (0, 0), x is time, y grows downwards. Colours leave
 * premultiplied.
 */
import { faint, paletteSize } from './raster.ts'

const colourOfRow = `
uniform highp usampler2D rowColours; // one texel for each row, ${'`'}width${'`'} to a line
uniform vec3 palette[${paletteSize}];
vec3 colourOf(int row) {
  int width = textureSize(rowColours, 0).x;
  return palette[texelFetch(rowColours, ivec2(row % width, row / width), 0).r];
}`

const brushed = `
uniform vec2 brush; // from, to; an empty range: nothing is brushed
float strengthAt(float step) {
  return brush.y <= brush.x || (step >= brush.x && step < brush.y) ? 1.0 : ${faint.toFixed(2)};
}`

export const pointVertex = `#version 300 es
precision highp float;
layout(location = 0) in uint step;
layout(location = 1) in uint row;
uniform vec2 timeView; // first step, steps
uniform vec2 rowView; // first row, rows
uniform float size;
${colourOfRow}
${brushed}
flat out vec4 colour;
void main() {
  float x = (float(step) + 0.5 - timeView.x) / timeView.y;
  float y = (float(row) + 0.5 - rowView.x) / rowView.y;
  gl_Position = vec4(2.0 * x - 1.0, 1.0 - 2.0 * y, 0.0, 1.0);
  gl_PointSize = size;
  colour = vec4(colourOf(int(row)), 1.0) * strengthAt(float(step));
}`

export const pointFragment = `#version 300 es
precision highp float;
flat in vec4 colour;
out vec4 pixel;
void main() {
  pixel = colour;
}`

/** One triangle over the whole band. */
export const densityVertex = `#version 300 es
void main() {
  gl_Position = vec4(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0, 0.0, 1.0);
}`

/** Sums the bins that a pixel touches, each by the share of it that the pixel covers. */
export const densityFragment = `#version 300 es
precision highp float;
precision highp int;
uniform highp usampler2D counts; // [rowBin][timeBin]
uniform vec2 binSize; // steps, rows
uniform vec2 timeView;
uniform vec2 rowView;
uniform vec4 band; // left, bottom, width, height in device pixels
uniform float rows;
${colourOfRow}
${brushed}
out vec4 pixel;
void main() {
  vec2 place = gl_FragCoord.xy - band.xy;
  vec2 pixelSize = vec2(timeView.y / band.z, rowView.y / band.w);
  vec2 from = vec2(timeView.x + (place.x - 0.5) * pixelSize.x, rowView.x + (band.w - place.y - 0.5) * pixelSize.y);
  vec2 first = from / binSize;
  vec2 last = (from + pixelSize) / binSize;
  ivec2 end = min(textureSize(counts, 0), ivec2(ceil(last)));
  ivec2 start = max(ivec2(0), ivec2(floor(first)));
  end = min(end, start + 8);
  float spikes = 0.0;
  for (int y = start.y; y < end.y; y++) {
    float high = min(last.y, float(y + 1)) - max(first.y, float(y));
    for (int x = start.x; x < end.x; x++) {
      float wide = min(last.x, float(x + 1)) - max(first.x, float(x));
      spikes += float(texelFetch(counts, ivec2(x, y), 0).r) * max(0.0, wide) * max(0.0, high);
    }
  }
  float alpha = spikes > 0.0 ? 1.0 - 0.88 * exp(-0.9 * spikes) : 0.0;
  int row = clamp(int(from.y + 0.5 * pixelSize.y), 0, int(rows) - 1);
  pixel = vec4(colourOf(row), 1.0) * alpha * strengthAt(from.x + 0.5 * pixelSize.x);
}`

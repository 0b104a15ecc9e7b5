import { describe, expect, it } from 'vitest'
import { decideCalls } from '../../../src-core/contracts/window/decideCalls.ts'
import { fileCalls } from '../../../src-core/contracts/window/fileCalls.ts'
import { isPlainDrawing, isReport, reportStart } from '../../../src-core/contracts/window/savedFiles.ts'

const svg = (inner: string, attributes = ''): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1"${attributes}>${inner}</svg>\n`

describe('a drawing that is saved', () => {
  it.each([
    svg('<defs><clipPath id="a"><path d="M 0 0 L 1 1 Z"/></clipPath></defs><g clip-path="url(#a)" type=""><path/></g>'),
    svg(
      '<text x="1" y="2" font-family="system-ui, &quot;Noto Sans&quot;">on x = 5 &lt;script&gt; url(http://a)</text>',
    ),
    svg('<image width="2" height="2" preserveAspectRatio="none" xlink:href="data:image/png;base64,iVBORw0KGgo="/>'),
  ])('holds shapes, texts and pictures of its own: %#', (drawing) => {
    expect(isPlainDrawing(drawing)).toBe(true)
  })

  it.each([
    svg('<script>alert(1)</script>'),
    svg('<SCRIPT xlink:href="data:,alert(1)"/>'),
    svg('<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>'),
    svg('<g xmlns="http://www.w3.org/1999/xhtml"><path/></g>'),
    svg('<path/>', ' onload="alert(1)"'),
    svg('<path/>', " onload='alert(1)'"),
    svg('<path ONCLICK="alert(1)"/>'),
    svg('<foreignObject><iframe src="http://a.example/"/></foreignObject>'),
    svg('<image href="http://a.example/x.png"/>'),
    svg('<image href="data:image/svg+xml;base64,PHN2Zz4="/>'),
    svg('<path fill="url(http://a.example/#x)"/>'),
    svg('<path fill="&#117;rl(http://a.example/#x)"/>'),
    svg('<path style="fill: red"/>'),
    svg('<style>@import "http://a.example/"</style>'),
    svg('<a href="javascript:alert(1)"><path/></a>'),
    svg('<path><animate attributeName="d" onbegin="alert(1)"/></path>'),
    svg('<path/><![CDATA[ <script> ]]>'),
    svg('<path/>').replace('?>\n', '?>\n<!DOCTYPE svg [<!ENTITY a "<script/>">]>'),
    svg('<path/>').replace('?>\n', '?>\n<?xml-stylesheet href="http://a.example/x.xsl"?>'),
    `<html><script>alert(1)</script></html>`,
    'just text',
    '',
  ])('is refused with anything else: %#', (drawing) => {
    expect(isPlainDrawing(drawing)).toBe(false)
    const request = { kind: 'svg', name: 'x', content: drawing }
    expect(fileCalls.saveFile.request.safeParse(request).success).toBe(false)
  })

  it('is looked at in a time that grows with its size, as text that ends in the middle is', () => {
    // In a time that grew with the square of its size, this would not end.
    expect(isPlainDrawing(`<svg ${'a="'.repeat(1_000_000)}`)).toBe(false)
    expect(isPlainDrawing(svg('<path d="M 0 0"/>'.repeat(300_000)))).toBe(true)
  })
})

describe('a report that is saved', () => {
  it('is under its policy from its first element on', () => {
    expect(isReport(`${reportStart}<title>t</title></head><body>&lt;meta http-equiv&gt;</body></html>`)).toBe(true)
    expect(reportStart).toContain(`content="default-src 'none'`)
    for (const html of [
      '<!doctype html><html><head></head></html>',
      ` ${reportStart}`,
      reportStart.slice(1),
      `<script>alert(1)</script>${reportStart}`,
      `${reportStart}<META http-equiv="refresh" content="0;url=http://a.example/">`,
    ]) {
      expect(isReport(html), html).toBe(false)
      const request = { format: 'html', name: 'x', html }
      expect(decideCalls.saveReport.request.safeParse(request).success).toBe(false)
    }
  })
})

describe('the name of a file that is saved', () => {
  it.each([
    ['mnist 1, accuracy', 'mnist 1, accuracy'],
    ['../../.bashrc', '--..-.bashrc'],
    ['/etc/passwd', '-etc-passwd'],
    ['.profile', '-profile'],
    ['C:\\x', 'C:-x'],
    ['a\nb\u202Egnp', 'a-b-gnp'],
  ])('%j is suggested as %j', (name, suggested) => {
    expect(fileCalls.saveFile.request.parse({ kind: 'csv', name, content: '' }).name).toBe(suggested)
  })
})

/**
 * What may be in a file that a page hands over to be saved. Whoever opens it later does so in a program that runs scripts and
 * has a network, and in which the policy of the page does not hold; so it has to hold of the file itself.
 */
import { z } from 'zod'

/** Suggested to the person, without extension: folders and marks that a dialog would hide become dashes. */
export const fileNameSchema = z
  .string()
  .min(1)
  .max(200)
  .transform((name) => name.replaceAll(/[/\\\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '-').replace(/^\.+/, '-'))

/** A report shows what it carries: no scripts, no requests, no forms. */
export const reportPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

/** How every report begins: what follows is under its policy, whoever wrote it. */
export const reportStart = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${reportPolicy}">`

/** Has it its policy, and nothing that leads elsewhere in spite of it? A policy says nothing of refreshes. */
export const isReport = (html: string): boolean =>
  html.startsWith(reportStart) && !/<meta/i.test(html.slice(reportStart.length))

const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\s*/
const shapes: readonly string[] = [
  ...['svg', 'g', 'defs', 'title', 'desc', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon'],
  ...['text', 'tspan', 'clipPath', 'mask', 'linearGradient', 'radialGradient', 'stop', 'pattern', 'image'],
]
const tag = /^(?:\/[A-Za-z]+|([A-Za-z]+)((?:\s+[\w:-]+="[^"]*")*)\s*\/?)>/

/** Is it a drawing of shapes, texts and pictures that it carries itself: no scripts, styles, links or foreign parts? */
export const isPlainDrawing = (svg: string): boolean => {
  const [before, ...tags] = svg.replace(declaration, '').split('<')
  return before?.trim() === '' && tags[0]?.startsWith('svg ') === true && tags.every(isPlainTag)
}

const isPlainTag = (text: string): boolean => {
  const [whole, name, attributes] = tag.exec(text) ?? []
  if (whole === undefined) return false
  if (name === undefined) return true
  return shapes.includes(name) && [...(attributes ?? '').matchAll(/([\w:-]+)="([^"]*)"/g)].every(isPlainAttribute)
}

const isPlainAttribute = ([, name = '', value = '']: RegExpExecArray): boolean => {
  if (/^on|^style$|^xml:base$/i.test(name)) return false
  if (name === 'xmlns' || name.startsWith('xmlns:'))
    return /^http:\/\/www\.w3\.org\/(2000\/svg|1999\/xlink)$/.test(value)
  if (/href$/i.test(name)) return /^(#[\w-]*|data:image\/(png|jpeg);base64,[A-Za-z0-9+/=]*)$/.test(value)
  // A reference to a character could hide an address.
  return !/&#(?!(?:9|10|13|x9|xA|xD);)/i.test(value) && !/url\((?!#|&quot;#)/i.test(value)
}

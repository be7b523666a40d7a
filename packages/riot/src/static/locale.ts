import { show } from '@sluice/core/internal'

const FORM = /^([a-z]{2})[_-]([a-z]{2})$/i

/** `en`, `US` of `en_US`, `en_us` and `en-US`; sites differ in how they write it. */
export function partsOfLocale(option: string, locale: string): readonly [language: string, country: string] {
  const [, language, country] = FORM.exec(typeof locale === 'string' ? locale : '') ?? []
  if (language === undefined || country === undefined)
    throw new TypeError(`${option} must be a language and a country, such as 'en_US', not ${show(locale)}`)
  return [language.toLowerCase(), country.toUpperCase()]
}

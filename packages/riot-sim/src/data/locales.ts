/** The languages of League of Legends, as challenges and status messages name them. */
export const LOL_LOCALES: readonly string[] = (
  'ar_AE cs_CZ de_DE el_GR en_AU en_GB en_PH en_SG en_US es_AR es_ES es_MX fr_FR hu_HU id_ID it_IT ja_JP ko_KR pl_PL pt_BR ro_RO ' +
  'ru_RU th_TH tr_TR vi_VN zh_CN zh_MY zh_TW'
).split(' ')

/** The languages of VALORANT. */
export const VAL_LOCALES: readonly string[] =
  'ar-AE de-DE en-GB en-US es-ES es-MX fr-FR id-ID it-IT ja-JP ko-KR pl-PL pt-BR ru-RU th-TH tr-TR vi-VN zh-CN zh-TW'.split(
    ' ',
  )

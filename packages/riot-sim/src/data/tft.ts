// A small vocabulary of Teamfight Tactics: enough for bodies of the right form and size.

export const TFT_SET = { number: 17, name: 'TFTSet17' }

export const TFT_UNITS: readonly string[] = (
  'Ahri Akali Annie Ashe Azir Blitzcrank Braum Caitlyn Darius Diana Draven Ekko Ezreal Fiora Gangplank Garen Gnar Graves Illaoi ' +
  'Irelia Janna Jarvan Jhin Jinx Kaisa Karma Katarina Kayle Kennen Leona Lux Malphite Morgana Neeko Rakan Rell Ryze Senna Sett ' +
  'Shen Swain Syndra Udyr Vi Viego Volibear Xayah Yasuo Yuumi Zac Zyra'
).split(' ')

export const TFT_TRAITS: readonly string[] = (
  'Bastion Bruiser Crew Duelist Edgelord Executioner Heavyweight Juggernaut Luchador Mentor Prodigy Protector Sniper Sorcerer ' +
  'SoulFighter StarGuardian Strategist Supreme TheCrew Wraith'
).split(' ')

export const TFT_ITEMS: readonly string[] = (
  'GuinsoosRageblade JeweledGauntlet RedBuff Redemption TitansResolve WarmogsArmor BlueBuff Bloodthirster GargoyleStoneplate ' +
  'InfinityEdge LastWhisper Morellonomicon SpearOfShojin SunfireCape RabadonsDeathcap HandOfJustice'
).split(' ')

export const TFT_PETS: readonly string[] = [
  'PetTFTAvatar',
  'PetChoncc',
  'PetSennaBunny',
  'PetChibiLux',
  'PetChibiYasuo',
  'PetPenguKnight',
]

import type { Item } from '@counter-hub/shared/catalogue/catalogue.ts';
import { cityOf, type CityCode } from '@counter-hub/shared/cities/cities.ts';
import type { Guide, GuideSection } from '@counter-hub/shared/guides/guides.ts';
import type { CounterView } from '@counter-hub/shared/people/people.ts';
import type { Edition } from './editions.ts';

/** Where an item is decided. */
export interface DecidingPlace {
	readonly city: CityCode;
	/** The city's counters. */
	readonly counters: readonly Pick<CounterView, 'name' | 'centreName' | 'address' | 'phone'>[];
}

/** The guide of an item: the catalogue's facts, an edition's texts, and where the item is decided. */
export function assembleGuide(
	item: Item,
	place: DecidingPlace,
	{ version, validFrom, texts }: Edition,
): Guide {
	const { no, name, nameEn, materials } = item;
	const conditional = materials.filter((one) => one.conditional);
	const sections = [
		section('about', '办什么', 'What it is', paragraphs([texts.natureOf(item)])),
		section(
			'materials',
			'要交哪些材料',
			'Materials',
			materials.map((one) => ({
				term: `${one.no} ${one.name}${one.conditional ? '（有条件）' : ''}`,
				text: texts.materialHints[one.name] ?? '',
			})),
		),
		section(
			'conditional',
			'有条件的材料什么时候要',
			'When conditional materials are needed',
			conditional.map((one) => ({ term: one.name, text: texts.conditions[one.name] ?? '' })),
		),
		section('steps', '怎么办', 'How it is done', points(texts.stepsOf(item))),
		section('limit', '多久办结', 'How long it takes', paragraphs(texts.limitsOf(item))),
		section('decides', '由谁决定', 'Who decides', decidedBy(item, place)),
		section('mistakes', '常见差错', 'Frequent mistakes', points(texts.mistakesOf(no))),
		section('afterwards', '办结以后', 'Afterwards', item.guidanceOnly ? [] : points(texts.afterwards)),
		section('laws', '依据', 'Legal basis', paragraphs(texts.lawsOf(no))),
	];
	return {
		itemNo: no,
		name,
		nameEn,
		cityCode: place.city,
		version,
		validFrom,
		sections: sections.filter(({ entries }) => entries.length > 0),
	};
}

type Entries = GuideSection['entries'];

const section = (id: string, title: string, titleEn: string, entries: Entries): GuideSection => ({
	id,
	title,
	titleEn,
	entries,
});

const paragraphs = (texts: readonly string[]): Entries => texts.map((text) => ({ term: null, text }));

/** A list that is counted. */
const points = (texts: readonly string[]): Entries =>
	texts.map((text, index) => ({ term: String(index + 1), text }));

function decidedBy({ guidanceOnly, legalNature }: Item, { city, counters }: DecidingPlace): Entries {
	if (guidanceOnly) return paragraphs(['不需要决定：公告由公司自己发布，内容由公司负责。']);
	const body =
		legalNature === 'licence'
			? '由省级市场监督管理部门或者其委托的部门决定。'
			: `由${cityOf(city).zh}的登记机关（市场监督管理部门）决定，材料由许可地专窗远程审查。`;
	return [
		...paragraphs([body]),
		...counters.map(({ name, centreName, address, phone }) => ({
			term: name,
			text: [centreName, address, phone].filter((part) => part !== '').join('，'),
		})),
	];
}

const REGISTRATION = '《中华人民共和国市场主体登记管理条例》（国务院令第746号）及其实施细则';
const COMPANY = '《中华人民共和国公司法》';
const COUNTERS = '《长三角G60科创走廊“一网通办”专窗管理规范》附录A';

/** What an item rests on, by the ranges of Annex A. */
export function lawsOf(itemNo: number): readonly string[] {
	if (itemNo <= 16) return [COMPANY, REGISTRATION, COUNTERS];
	if (itemNo <= 25) return ['《中华人民共和国个人独资企业法》', REGISTRATION, COUNTERS];
	if (itemNo <= 28) return ['《中华人民共和国外商投资法》', COMPANY, REGISTRATION, COUNTERS];
	return ['《中华人民共和国工业产品生产许可证管理条例》', COUNTERS];
}

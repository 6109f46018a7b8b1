/** What is used of Tesseract's C++ API as the package's WebAssembly offers it; the package has no types. */
declare module 'tesseract.js-core/tesseract-core-simd-lstm.js' {
	export interface TessBaseApi {
		/** 0: it worked. */
		Init(dataPath: string | null, language: string, engine: number, config: string | null): number;
		SetVariable(name: string, value: string): boolean;
		SetPageSegMode(mode: number): void;
		/** Takes `/input`, a picture file. 0: it worked. */
		SetImageFile(exifOrientation: number, radians: number): number;
		SetRectangle(left: number, top: number, width: number, height: number): void;
		AnalyseLayout(): object | null;
		/** 0: it worked. */
		Recognize(monitor: null): number;
		/** Of what was laid out or recognised last. */
		GetJSONText(): string;
		End(): void;
	}
	export interface TesseractCore {
		readonly FS: { writeFile(path: string, data: Uint8Array): void };
		readonly TessBaseAPI: new () => TessBaseApi;
		destroy(object: object): void;
	}
	export default function load(options: {
		wasmBinary: ArrayBuffer;
		print?: (line: string) => void;
		printErr?: (line: string) => void;
	}): Promise<TesseractCore>;
}

/** A file in small: what is on a picture, else a sheet of paper. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Icon, paper } from "../icons.tsx";

const SIDE_PX = 88;

/** `file`: of this device. It is drawn on a canvas, so no policy of a page has a say in it. */
export function Thumb({ file }: { file?: File | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    let here = true;
    if (file && isPicture(file)) void draw(file, () => (here ? canvas.current : null)).then((done) => here && setDrawn(done));
    return () => void (here = false);
  }, [file]);
  return (
    <span class="att-th" aria-hidden="true">
      {!drawn && <Icon d={paper} size={22} />}
      <canvas ref={canvas} width={SIDE_PX} height={SIDE_PX} hidden={!drawn} />
    </span>
  );
}

/** Those that every browser of ours shows, and that carry no script. */
export const isPicture = ({ type }: { type: string }) => /^image\/(png|jpeg|gif|webp)$/.test(type);

/** The middle of the picture; false if it is none after all. */
async function draw(file: File, place: () => HTMLCanvasElement | null): Promise<boolean> {
  try {
    const image = await createImageBitmap(file);
    const side = Math.min(image.width, image.height);
    const [x, y] = [(image.width - side) / 2, (image.height - side) / 2];
    place()?.getContext("2d")?.drawImage(image, x, y, side, side, 0, 0, SIDE_PX, SIDE_PX);
    image.close();
    return true;
  } catch {
    return false;
  }
}

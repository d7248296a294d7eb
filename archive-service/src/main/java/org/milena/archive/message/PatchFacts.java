package org.milena.archive.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the patches in a text are about.
 *
 * @param files that they change, as {@code diff} names them, without {@code a/} and {@code b/}
 * @param blobsBefore ids of the files' content before, from {@code index} lines, as they stand; not
 *     those of files that were not there
 * @param blobsAfter likewise after
 * @param patchId as {@code git patch-id --stable} computes it, of the first patch of the text; null
 *     where there is no {@code diff} line, since git has none then
 */
public record PatchFacts(
    List<String> files,
    List<String> blobsBefore,
    List<String> blobsAfter,
    @Nullable String patchId) {

  private static final PatchFacts NONE = new PatchFacts(List.of(), List.of(), List.of(), null);

  public PatchFacts {
    files = List.copyOf(files);
    blobsBefore = List.copyOf(blobsBefore);
    blobsAfter = List.copyOf(blobsAfter);
  }

  /** Whether there is a patch. */
  public boolean isPatch() {
    return !files.isEmpty();
  }

  /** Reads them from the blocks that are of a patch. */
  public static PatchFacts of(PostText text) {
    if (text.blocks().stream().noneMatch(block -> block.kind() == TextBlock.Kind.DIFF_HEAD)) {
      return NONE;
    }
    PatchHeads heads = new PatchHeads();
    PatchId id = new PatchId();
    for (TextBlock block : text.blocks()) {
      if (block.kind() == TextBlock.Kind.DIFF_HEAD) {
        block.text().lines().forEach(heads::add);
      }
      id.add(block);
    }
    return new PatchFacts(
        heads.files(), heads.blobsBefore(), heads.blobsAfter(), id.value().orElse(null));
  }
}

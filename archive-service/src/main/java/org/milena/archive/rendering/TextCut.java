package org.milena.archive.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.milena.archive.message.PostText;
import org.milena.archive.message.TextBlock;

/** Texts that are shown otherwise than they are. */
public final class TextCut {

  /** Each block through a change that makes no text empty. */
  public static PostText changed(PostText text, UnaryOperator<String> change) {
    return new PostText(
        text.blocks().stream()
            .map(block -> new TextBlock(block.kind(), change.apply(block.text())))
            .toList());
  }

  /** The beginning, in whole lines as far as they fit; the text itself where all of it fits. */
  public static PostText beginning(PostText text, int max) {
    if (text.length() <= max) {
      return text;
    }
    List<TextBlock> blocks = new ArrayList<>();
    int room = max;
    for (TextBlock block : text.blocks()) {
      if (block.text().length() + 1 > room) {
        int end = block.text().lastIndexOf('\n', room);
        if (end <= 0 && blocks.isEmpty()) {
          end = room - (Character.isHighSurrogate(block.text().charAt(room - 1)) ? 1 : 0);
        }
        if (end > 0) {
          blocks.add(new TextBlock(block.kind(), block.text().substring(0, end)));
        }
        break;
      }
      blocks.add(block);
      room -= block.text().length() + 1;
    }
    return new PostText(blocks);
  }

  private TextCut() {}
}

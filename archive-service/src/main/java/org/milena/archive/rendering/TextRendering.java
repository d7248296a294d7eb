package org.milena.archive.rendering;

import java.util.ArrayList;
import java.util.List;
import org.milena.archive.message.PostText;
import org.milena.archive.message.TextBlock;
import org.milena.archive.message.TextBlock.Kind;

/**
 * Plain text as HTML: quotes by depth, long ones folded away, web links, the signature apart, and
 * patches file by file with what they add and take away.
 *
 * <p>All text is escaped; the only markup is {@code div}, {@code p}, {@code ul}, {@code li}, {@code
 * span}, {@code ins}, {@code del}, {@code details}, {@code summary}, {@code blockquote}, and {@code
 * a} with an {@code http} or {@code https} target or one on the same page, written here. Takes time
 * in proportion to the text.
 */
public final class TextRendering {
  private static final int MAX_LISTED_FILES = 200;

  private final StringBuilder out = new StringBuilder();
  private final RenderingWords words;
  private final String anchor;
  private int files;

  private TextRendering(RenderingWords words, String anchor) {
    this.words = words;
    this.anchor = anchor;
  }

  /**
   * @param anchor begins the ids of what can be jumped to; letters, digits, {@code -} and {@code _}
   */
  public static SafeHtml of(PostText text, RenderingWords words, String anchor) {
    if (!anchor.matches("[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("no beginning of an id: " + anchor);
    }
    TextRendering rendering = new TextRendering(words, anchor);
    rendering.render(text.blocks());
    return new SafeHtml(rendering.out.toString());
  }

  private void render(List<TextBlock> blocks) {
    List<List<PatchFile>> patches = new ArrayList<>();
    List<List<TextBlock>> runs = runs(blocks);
    for (List<TextBlock> run : runs) {
      patches.add(run.getFirst().kind().isDiff() ? PatchFile.of(run) : List.of());
    }
    listFiles(
        patches.stream().flatMap(List::stream).filter(file -> !file.path().isEmpty()).toList());
    for (int i = 0; i < runs.size(); i++) {
      List<TextBlock> run = runs.get(i);
      Kind kind = run.getFirst().kind();
      if (kind.isDiff()) {
        out.append("<div class=\"patch\">");
        patches.get(i).forEach(this::file);
        out.append("</div>");
      } else if (kind == Kind.SIGNATURE) {
        out.append("<div class=\"signature\">");
        block("div", "text", run.getFirst().text());
        out.append("</div>");
      } else {
        new ProseRendering(out, words)
            .render(String.join("\n", run.stream().map(TextBlock::text).toList()));
      }
    }
  }

  /** Blocks that are rendered together: what is new with what it quotes, a patch, a signature. */
  private static List<List<TextBlock>> runs(List<TextBlock> blocks) {
    List<List<TextBlock>> runs = new ArrayList<>();
    for (TextBlock block : blocks) {
      if (runs.isEmpty() || !belongTogether(runs.getLast().getLast().kind(), block.kind())) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(block);
    }
    return runs;
  }

  private static boolean belongTogether(Kind one, Kind next) {
    return one != Kind.SIGNATURE && next != Kind.SIGNATURE && one.isDiff() == next.isDiff();
  }

  private void listFiles(List<PatchFile> changed) {
    if (changed.isEmpty()) {
      return;
    }
    out.append("<div class=\"patch-files\" id=\"").append(anchor).append("-files\"><p>");
    Markup.escape(out, words.changedFiles(changed.size()));
    out.append("</p><ul>");
    for (int i = 0; i < Math.min(changed.size(), MAX_LISTED_FILES); i++) {
      PatchFile file = changed.get(i);
      int added = file.count(Kind.DIFF_ADDED);
      int removed = file.count(Kind.DIFF_REMOVED);
      out.append("<li><a href=\"#").append(anchor).append("-f").append(i + 1).append("\">");
      Markup.escape(out, file.path());
      out.append("</a> <span class=\"changes\"><span class=\"hidden\">");
      Markup.escape(out, words.changedLines(added, removed));
      out.append("</span><span aria-hidden=\"true\"><span class=\"plus\">+").append(added);
      out.append("</span> <span class=\"minus\">\u2212").append(removed);
      out.append("</span></span></span></li>");
    }
    out.append("</ul></div>");
  }

  private void file(PatchFile file) {
    if (file.path().isEmpty()) {
      out.append("<div class=\"diff-file\">");
    } else {
      files++;
      out.append("<div class=\"diff-file\" id=\"").append(anchor).append("-f").append(files);
      out.append("\"><p class=\"diff-path\"><a href=\"#")
          .append(anchor)
          .append("-files\" title=\"");
      Markup.escape(out, words.allFiles());
      out.append("\">");
      Markup.escape(out, file.path());
      out.append("</a></p>");
    }
    if (!file.head().isEmpty()) {
      block("div", "diff-head", file.head());
    }
    for (TextBlock block : file.blocks()) {
      switch (block.kind()) {
        case DIFF_HUNK -> block("div", "diff-hunk", block.text());
        case DIFF_ADDED -> block("ins", "diff-added", block.text());
        case DIFF_REMOVED -> block("del", "diff-removed", block.text());
        case DIFF_CONTEXT -> block("div", "diff-context", block.text());
        case NEW, QUOTED, SIGNATURE, DIFF_HEAD ->
            throw new IllegalStateException(block.kind() + " inside a file of a patch");
      }
    }
    out.append("</div>");
  }

  private void block(String tag, String style, String text) {
    out.append('<').append(tag).append(" class=\"").append(style).append("\">");
    if (style.equals("text")) {
      boolean first = true;
      for (String line : text.split("\n", -1)) {
        out.append(first ? "" : "\n");
        first = false;
        Markup.line(out, line);
      }
    } else {
      Markup.escape(out, text);
    }
    out.append("</").append(tag).append('>');
  }
}

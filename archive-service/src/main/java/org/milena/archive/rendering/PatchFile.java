package org.milena.archive.rendering;

import java.util.ArrayList;
import java.util.List;
import org.milena.archive.message.TextBlock;

/**
 * What a patch does to one file.
 *
 * @param path of the file, as the patch names it; empty for what stands before the first one
 */
record PatchFile(String path, String head, List<TextBlock> blocks) {

  /** The files of blocks that follow each other, all of a patch. */
  static List<PatchFile> of(List<TextBlock> patch) {
    List<PatchFile> files = new ArrayList<>();
    for (TextBlock block : patch) {
      if (block.kind() == TextBlock.Kind.DIFF_HEAD) {
        heads(block.text())
            .forEach(head -> files.add(new PatchFile(path(head), head, new ArrayList<>())));
      } else {
        if (files.isEmpty()) {
          files.add(new PatchFile("", "", new ArrayList<>()));
        }
        files.getLast().blocks().add(block);
      }
    }
    return files;
  }

  int count(TextBlock.Kind kind) {
    return blocks.stream()
        .filter(block -> block.kind() == kind)
        .mapToInt(block -> (int) block.text().lines().count())
        .sum();
  }

  /** Files that a patch only renames have no hunks between them: one block heads several. */
  private static List<String> heads(String text) {
    List<String> heads = new ArrayList<>();
    StringBuilder head = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      if (line.startsWith("diff ") && !head.isEmpty()) {
        heads.add(head.toString());
        head.setLength(0);
      }
      head.append(head.isEmpty() ? "" : "\n").append(line);
    }
    heads.add(head.toString());
    return heads;
  }

  private static String path(String head) {
    String before = "";
    String after = "";
    String named = "";
    for (String line : head.split("\n", -1)) {
      if (line.startsWith("+++ ")) {
        after = bare(line.substring(4));
      } else if (line.startsWith("--- ")) {
        before = bare(line.substring(4));
      } else if (line.startsWith("rename to ")) {
        named = line.substring(10).strip();
      } else if (line.startsWith("diff ") && named.isEmpty()) {
        int at = line.lastIndexOf(" b/");
        named = at < 0 ? line.substring(line.lastIndexOf(' ') + 1) : line.substring(at + 3);
      }
    }
    return !after.isEmpty() ? after : !named.isEmpty() ? named : before;
  }

  /** Without {@code b/} and the time that {@code diff -u} puts behind; empty for no file. */
  private static String bare(String path) {
    int tab = path.indexOf('\t');
    String name = (tab < 0 ? path : path.substring(0, tab)).strip();
    if (name.equals("/dev/null")) {
      return "";
    }
    return name.startsWith("a/") || name.startsWith("b/") ? name.substring(2) : name;
  }
}

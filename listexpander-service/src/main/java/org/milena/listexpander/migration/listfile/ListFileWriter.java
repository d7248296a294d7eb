package org.milena.listexpander.migration.listfile;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.milena.common.event.MailJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a file, an entry at a time. It is whole when {@link #close} has returned. */
public final class ListFileWriter implements Closeable {
  private final GZIPOutputStream out;
  private final LineDigest digest = new LineDigest();
  private int texts;
  private int members;
  private int heldPosts;

  /** Begins the file. */
  public ListFileWriter(OutputStream out) throws IOException {
    this.out = new GZIPOutputStream(out, 1 << 16);
    line(ListFileLines.object("milena-list").put("version", ListFileLines.VERSION));
  }

  /** Writes an entry. */
  public void write(ListFileEntry entry) throws IOException {
    switch (entry) {
      case ListFileEntry.TheList list ->
          line(ListFileLines.object("list").setAll(ListFileLines.tree(list)));
      case ListFileEntry.Numbers(var state) ->
          line(ListFileLines.object("state").setAll(without(ListFileLines.tree(state), "list")));
      case ListFileEntry.Text(var template) -> {
        texts++;
        line(
            ListFileLines.object("template")
                .setAll(without(ListFileLines.tree(template), "scope")));
      }
      case ListFileEntry.Somebody(var member) -> {
        members++;
        ObjectNode tree = without(ListFileLines.tree(member), "list");
        sort(tree.withArray("roles"));
        line(ListFileLines.object("member").setAll(tree));
      }
      case ListFileEntry.FromSource somebody ->
          line(ListFileLines.object("source-member").setAll(ListFileLines.tree(somebody)));
      case ListFileEntry.HeldPost held -> {
        heldPosts++;
        ObjectNode line =
            ListFileLines.object("held")
                .put("author", held.author())
                .put("subject", held.subject())
                .put("heldAt", held.heldAt().toString())
                .put("message", Base64.getEncoder().encodeToString(held.message().unsafeBytes()));
        line.set("reasons", MailJson.mapper().valueToTree(held.reasons()));
        if (!held.sentences().isEmpty()) {
          line.set("sentences", MailJson.mapper().valueToTree(held.sentences()));
        }
        line.set("meta", MailJson.mapper().valueToTree(held.meta()));
        line(line);
      }
    }
  }

  private static ObjectNode without(ObjectNode tree, String name) {
    tree.remove(name);
    return tree;
  }

  /** A set has no order of its own; the same list makes the same line. */
  private static void sort(ArrayNode roles) {
    List<JsonNode> sorted =
        StreamSupport.stream(roles.spliterator(), false)
            .sorted((one, other) -> one.asString().compareTo(other.asString()))
            .toList();
    roles.removeAll().addAll(sorted);
  }

  private void line(JsonNode line) throws IOException {
    byte[] bytes = MailJson.bytes(line);
    digest.add(bytes);
    out.write(bytes);
    out.write('\n');
  }

  /** Writes the end. */
  @Override
  public void close() throws IOException {
    byte[] end =
        MailJson.bytes(
            ListFileLines.object("end")
                .put("templates", texts)
                .put("members", members)
                .put("held", heldPosts)
                .put("sha256", HexFormat.of().formatHex(digest.value())));
    out.write(end);
    out.write('\n');
    out.close();
  }
}

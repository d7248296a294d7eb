package org.milena.listexpander.migration.listfile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.Member;
import org.milena.common.directory.Template;
import org.milena.common.event.ListState;
import org.milena.common.event.MailJson;
import org.milena.common.event.MailMeta;
import org.milena.common.event.Sentence;
import org.milena.common.header.OneLine;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.mail.RawMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a file, an entry at a time. What it says is believed only when its end has been read: read
 * it once to know that it is whole, and once more to take it over.
 */
public final class ListFileReader {
  /** Longest line: the largest message there can be, in base64, and what belongs to it. */
  static final int MAX_LINE = 200 << 20;

  private final InputStream in;
  private final Consumer<ListFileEntry> visitor;
  private final LineDigest digest = new LineDigest();
  private @Nullable MailAddress address;
  private int line;
  private int texts;
  private int members;
  private int heldPosts;

  private ListFileReader(InputStream in, Consumer<ListFileEntry> visitor) {
    this.in = in;
    this.visitor = visitor;
  }

  /** It cannot be read on. */
  private static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1;

    BrokenException(String sentence) {
      super(sentence);
    }
  }

  /**
   * Reads it all.
   *
   * @param visitor is given each entry; the list itself first
   * @throws IOException when the stream cannot be read, whatever is in it
   */
  public static ListFileResult read(InputStream file, Consumer<ListFileEntry> visitor)
      throws IOException {
    try (GZIPInputStream unpacked = new GZIPInputStream(file, 1 << 16)) {
      ListFileReader reader =
          new ListFileReader(new BufferedInputStream(unpacked, 1 << 16), visitor);
      try {
        return reader.all();
      } catch (BrokenException e) {
        return reader.broken(String.valueOf(e.getMessage()));
      } catch (EOFException | ZipException _) {
        return reader.broken("The file is cut or damaged here.");
      } catch (JacksonException e) {
        return reader.broken("The line cannot be read: " + OneLine.of(e.getOriginalMessage(), 200));
      } catch (IllegalArgumentException e) {
        return reader.broken(
            "The line cannot be read: " + OneLine.of(String.valueOf(e.getMessage()), 200));
      }
    } catch (EOFException | ZipException _) {
      return new ListFileResult.Broken(1, "The file is not in gzip.");
    }
  }

  private ListFileResult.Broken broken(String why) {
    return new ListFileResult.Broken(line, why);
  }

  private ListFileResult all() throws IOException {
    byte[] first = next();
    JsonNode head = MailJson.mapper().readTree(first);
    if (!head.path("type").asString("").equals("milena-list")) {
      throw new BrokenException("This is no file of a list.");
    }
    if (head.path("version").asInt(0) != ListFileLines.VERSION) {
      throw new BrokenException("The file is of a version that is not known here.");
    }
    digest.add(first);
    while (true) {
      byte[] bytes = next();
      if (!(MailJson.mapper().readTree(bytes) instanceof ObjectNode tree)) {
        throw new BrokenException("The line is no object.");
      }
      if (tree.path("type").asString("").equals("end")) {
        return end(tree);
      }
      digest.add(bytes);
      entry(tree).ifPresent(visitor);
    }
  }

  private ListFileResult end(JsonNode end) throws IOException {
    boolean same =
        end.path("templates").asInt(-1) == texts
            && end.path("members").asInt(-1) == members
            && end.path("held").asInt(-1) == heldPosts
            && end.path("sha256").asString("").equals(HexFormat.of().formatHex(digest.value()));
    if (!same) {
      throw new BrokenException("The end does not fit what is before it: the file was changed.");
    }
    if (in.read() >= 0) {
      throw new BrokenException("There is something behind the end.");
    }
    MailAddress list = address;
    if (list == null) {
      throw new BrokenException("The file says nothing of a list.");
    }
    return new ListFileResult.Whole(list, texts, members, heldPosts);
  }

  private Optional<ListFileEntry> entry(ObjectNode tree) throws IOException {
    String type = tree.path("type").asString("");
    MailAddress list = address;
    if (list == null) {
      if (!type.equals("list")) {
        throw new BrokenException("The list itself has to stand first.");
      }
      require(tree, "address", "displayName", "description", "settings", "createdAt", "retired");
      ListFileEntry.TheList theList = as(tree, ListFileEntry.TheList.class);
      address = theList.address();
      return Optional.of(theList);
    }
    ListId id = ListId.forAddress(list);
    return switch (type) {
      case "list" -> throw new BrokenException("A second list stands in the file.");
      case "state" ->
          Optional.of(new ListFileEntry.Numbers(as(tree.put("list", id.value()), ListState.class)));
      case "template" -> {
        texts++;
        require(tree, "name", "language", "text");
        yield Optional.of(
            new ListFileEntry.Text(as(tree.put("scope", id.value()), Template.class)));
      }
      case "member" -> {
        members++;
        require(tree, "address", "displayName", "roles", "since");
        yield Optional.of(
            new ListFileEntry.Somebody(as(tree.put("list", id.value()), Member.class)));
      }
      case "source-member" -> {
        require(tree, "address", "displayName", "via");
        yield Optional.of(as(tree, ListFileEntry.FromSource.class));
      }
      case "held" -> {
        heldPosts++;
        yield Optional.of(held(tree));
      }
      // a newer version wrote it
      default -> Optional.empty();
    };
  }

  private static ListFileEntry held(ObjectNode tree) throws IOException {
    require(tree, "meta", "heldAt", "reasons", "message");
    JsonNode meta = tree.path("meta");
    require(meta, "mailId", "receivedAt", "reversePath", "recipients", "body", "client", "sha256");
    List<String> reasons =
        MailJson.mapper().treeToValue(tree.path("reasons"), new TypeReference<>() {});
    List<Sentence> sentences =
        tree.path("sentences").isArray()
            ? MailJson.mapper().treeToValue(tree.path("sentences"), new TypeReference<>() {})
            : List.of();
    return new ListFileEntry.HeldPost(
        MailJson.mapper().treeToValue(meta, MailMeta.class),
        tree.path("author").asString(""),
        tree.path("subject").asString(""),
        MailJson.mapper().treeToValue(tree.path("heldAt"), Instant.class),
        reasons,
        sentences,
        RawMessage.wrap(Base64.getDecoder().decode(tree.path("message").asString(""))));
  }

  private static void require(JsonNode tree, String... names) throws IOException {
    for (String name : names) {
      if (tree.path(name).isMissingNode() || tree.path(name).isNull()) {
        throw new BrokenException("The line does not say " + name + ".");
      }
    }
  }

  private static <T> T as(ObjectNode tree, Class<T> type) throws IOException {
    T value = MailJson.mapper().treeToValue(tree, type);
    if (value == null) {
      throw new BrokenException("The line says nothing.");
    }
    return value;
  }

  /** The next line without its end. */
  private byte[] next() throws IOException {
    line++;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    for (int octet = in.read(); octet != '\n'; octet = in.read()) {
      if (octet < 0) {
        throw new BrokenException("The file ends before its end: it was cut.");
      }
      if (bytes.size() >= MAX_LINE) {
        throw new BrokenException("The line is too long.");
      }
      bytes.write(octet);
    }
    return bytes.toByteArray();
  }
}

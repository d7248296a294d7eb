package org.milena.standalone.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;

/**
 * Pony Mail's documents in files: one a line as {@code elasticdump} writes them, or in an array. It
 * is read twice, since a message and what is known of it are two documents, in any order; what is
 * known of the messages of the list is held in memory, some hundred octets each.
 */
final class PonyMailDump implements PostSource {
  private final List<Path> files;
  private final String address;

  PonyMailDump(List<Path> files, String address) {
    this.files = List.copyOf(files);
    this.address = address;
  }

  @Override
  public String name() {
    return "ponymail " + address + " in " + MboxSource.name(files.getFirst());
  }

  @Override
  public long size() throws IOException {
    long size = 0;
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new UnfitSourceException("There is no file %s.".formatted(file));
      }
      size += Files.size(file);
    }
    return 2 * size;
  }

  /** Takes a document. */
  private interface Documents {
    void document(String id, JsonNode content);
  }

  @Override
  public void read(Receiver receiver) throws IOException {
    String list = PonyMailPost.listId(address);
    Map<String, PonyMailPost> known = new HashMap<>();
    long[] all = {0};
    each(
        0,
        receiver::progress,
        (id, content) -> {
          all[0]++;
          if (content.path("list_raw").asString("").equalsIgnoreCase(list)) {
            PonyMailPost post = PonyMailPost.of(id, content);
            known.put(post.id(), post);
          }
        });
    if (known.isEmpty()) {
      throw new UnfitSourceException(
          "Among %,d documents is none of Pony Mail's about a message to %s."
              .formatted(all[0], list));
    }
    each(
        size() / 2,
        receiver::progress,
        (id, content) -> {
          if (content.has("source")) {
            PonyMailPost post = known.remove(id);
            if (post != null) {
              post.with(content)
                  .ifPresentOrElse(
                      receiver::post,
                      () -> receiver.odd(SourceOdd.NOT_A_MESSAGE, id, "a source without octets"));
            }
          }
        });
    known
        .values()
        .forEach(post ->
            receiver.odd(SourceOdd.MISSING, "document " + post.id(), "there is no source for it"));
  }

  private void each(long before, LongConsumer progress, Documents documents) throws IOException {
    long offset = before;
    for (Path file : files) {
      long start = offset;
      try (InputStream in = Unpacked.open(file, count -> progress.accept(start + count));
          MappingIterator<JsonNode> nodes =
              PonyMailSource.MAPPER.readerFor(JsonNode.class).readValues(in)) {
        while (nodes.hasNextValue()) {
          JsonNode node = nodes.nextValue();
          JsonNode content = node.has("_source") ? node.path("_source") : node;
          documents.document(id(node, content), content);
        }
      } catch (JacksonException e) {
        throw new UnfitSourceException(
            "%s is no dump with a JSON document a line: %s."
                .formatted(file, e.getOriginalMessage()));
      }
      offset += Files.size(file);
    }
  }

  private static String id(JsonNode node, JsonNode content) {
    String id = node.path("_id").asString("");
    return id.isEmpty() ? content.path("dbid").asString(content.path("mid").asString("")) : id;
  }
}

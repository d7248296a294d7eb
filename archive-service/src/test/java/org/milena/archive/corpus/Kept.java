package org.milena.archive.corpus;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.milena.archive.thread.ThreadPost;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.RawMessage;
import org.milena.common.mime.MimeWalker;
import org.milena.testkit.corpus.IndexEntry;
import tools.jackson.databind.JsonNode;

/**
 * A message as the archive has it.
 *
 * @param index what another program reads of it
 * @param post as the API gives it
 */
record Kept(IndexEntry index, JsonNode post) {

  /** What its parts say of themselves. */
  record Parts(Set<String> charsets, Set<String> nameless) {}

  int number() {
    return index.n();
  }

  String text(String field) {
    return post.path(field).asString("");
  }

  ArchiveId id() {
    return ArchiveId.of(text("id"));
  }

  /** What the archive threads it by. */
  ThreadPost forThread() {
    return forThread(ids("references"), ids("inReplyTo"));
  }

  ThreadPost forThread(List<String> references, List<String> inReplyTo) {
    return new ThreadPost(
        id(),
        Instant.parse(text("date")),
        text("messageId"),
        references,
        inReplyTo,
        text("subject"));
  }

  private List<String> ids(String field) {
    return post.path(field).valueStream().map(JsonNode::asString).toList();
  }

  static Parts parts(RawMessage raw) throws IOException {
    Set<String> charsets = new TreeSet<>();
    Set<String> nameless = new HashSet<>();
    List<String> unused =
        new MimeWalker(
                (header, _) -> {
                  if (header.type().startsWith("text/")) {
                    String charset = header.charset().toLowerCase(Locale.ROOT);
                    charsets.add(charset.isEmpty() ? "(none)" : charset);
                  }
                  if (header.claimedName().isEmpty() && !header.isAttachment()) {
                    nameless.add(header.path());
                  }
                  return true;
                })
            .walk(raw);
    return new Parts(charsets, nameless);
  }
}

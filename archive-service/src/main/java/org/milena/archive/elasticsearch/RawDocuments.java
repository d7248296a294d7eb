package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch.core.GetResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.get.GetResult;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.NewPost;
import org.milena.archive.post.RawStore;
import org.milena.common.event.ArchiveId;
import org.milena.common.mail.RawMessage;

/** Messages, in pieces, so that no request is larger than a small server takes. */
public final class RawDocuments implements RawStore {
  /** Octets; as JSON one is up to six times as large, if it has nothing but control characters. */
  private static final int PIECE = 1 << 20;

  private final SearchConnection connection;
  private final IndexNames indices;

  /** In these indices. */
  public RawDocuments(SearchConnection connection, IndexNames indices) {
    this.connection = connection;
    this.indices = indices;
  }

  /** The first piece of each before all others: it knows how many there are to be removed. */
  void add(List<NewPost> posts) {
    String index = indices.raw();
    try (Bulk bulk = Bulk.of(connection, "keeping messages").inAnyOrder()) {
      for (NewPost post : posts) {
        add(bulk, index, post, 0);
      }
      bulk.flush();
      for (NewPost post : posts) {
        for (int part = 1; part < parts(post); part++) {
          add(bulk, index, post, part);
        }
      }
      bulk.flush();
    }
  }

  private static int parts(NewPost post) {
    return Math.max(1, (post.raw().size() + PIECE - 1) / PIECE);
  }

  private static void add(Bulk bulk, String index, NewPost post, int part) {
    byte[] bytes = post.raw().unsafeBytes();
    int from = part * PIECE;
    int to = Math.min(bytes.length, from + PIECE);
    RawDocument document =
        RawDocument.of(post, part, parts(post), Arrays.copyOfRange(bytes, from, to));
    String id = RawDocument.id(document.post(), part);
    bulk.add(
        BulkOperation.of(op -> op.index(write -> write.index(index).id(id).document(document))),
        document.sizeAsJson());
  }

  /** Puts messages in the place of others; what others had more of goes first. */
  void replace(List<NewPost> posts) {
    String index = indices.raw();
    for (NewPost post : posts) {
      removeFrom(index, post.post().id(), 1);
    }
    add(posts);
  }

  void remove(Set<ArchiveId> posts) {
    String index = indices.raw();
    posts.forEach(post -> removeFrom(index, post, 0));
  }

  /** One that was found, as it was then. */
  record Piece(String id, long seqNo, long primaryTerm) {}

  /** The pieces of messages, as of now. */
  Map<ArchiveId, List<Piece>> pieces(Set<ArchiveId> posts) {
    String index = indices.raw();
    Map<ArchiveId, List<Piece>> found = new HashMap<>();
    for (ArchiveId post : posts) {
      GetResponse<Parts> first = found(index, RawDocument.id(post, 0));
      Parts source = first.source();
      int parts = source == null ? 1 : source.parts();
      List<Piece> pieces = new ArrayList<>();
      // the first one last: it knows how many there are
      for (int part = parts - 1; part > 0; part--) {
        add(pieces, found(index, RawDocument.id(post, part)));
      }
      add(pieces, first);
      found.put(post, pieces);
    }
    return found;
  }

  private record Parts(int parts) {}

  private GetResponse<Parts> found(String index, String id) {
    return connection.call(
        "looking for a message",
        client -> client.get(get -> get.index(index).id(id).sourceIncludes("parts"), Parts.class));
  }

  private static void add(List<Piece> pieces, GetResponse<Parts> piece) {
    Long seqNo = piece.seqNo();
    Long primaryTerm = piece.primaryTerm();
    if (piece.found() && seqNo != null && primaryTerm != null) {
      pieces.add(new Piece(piece.id(), seqNo, primaryTerm));
    }
  }

  /** What was written since they were found stays. */
  void removeUnchanged(List<Piece> pieces) {
    String index = indices.raw();
    Bulk bulk = Bulk.deletingUnchanged(connection, "removing messages");
    for (Piece piece : pieces) {
      bulk.add(
          BulkOperation.of(op ->
              op.delete(remove ->
                  remove
                      .index(index)
                      .id(piece.id())
                      .ifSeqNo(piece.seqNo())
                      .ifPrimaryTerm(piece.primaryTerm()))),
          100);
    }
    bulk.flush();
  }

  /** Removes the pieces of a message that are behind so many. */
  private void removeFrom(String index, ArchiveId post, int kept) {
    Bulk bulk = Bulk.deleting(connection, "removing messages");
    RawDocument first = piece(index, post, 0);
    int parts = first == null ? 1 : first.parts();
    // the first one last: it knows how many there are
    for (int part = parts - 1; part >= kept; part--) {
      String id = RawDocument.id(post, part);
      bulk.add(BulkOperation.of(op -> op.delete(remove -> remove.index(index).id(id))), 100);
    }
    bulk.flush();
  }

  @Override
  public Optional<RawMessage> raw(ArchiveId id) {
    String index = indices.raw();
    RawDocument first = piece(index, id, 0);
    return first == null ? Optional.empty() : whole(index, id, first);
  }

  @Override
  public Map<ArchiveId, RawMessage> raws(Collection<ArchiveId> ids) {
    Map<ArchiveId, RawMessage> messages = new HashMap<>();
    if (ids.isEmpty()) {
      return messages;
    }
    String index = indices.raw();
    List<String> names = ids.stream().map(id -> RawDocument.id(id, 0)).toList();
    for (GetResult<RawDocument> document :
        connection.documents(
            "reading messages", get -> get.index(index).ids(names), RawDocument.class)) {
      RawDocument first = document.source();
      if (first != null) {
        whole(index, first.post(), first).ifPresent(raw -> messages.put(first.post(), raw));
      }
    }
    return messages;
  }

  private Optional<RawMessage> whole(String index, ArchiveId id, RawDocument first) {
    Pieces pieces = new Pieces(first.size());
    pieces.writeBytes(first.octets());
    for (int part = 1; part < first.parts(); part++) {
      RawDocument next = piece(index, id, part);
      if (next == null || !next.sha256().equals(first.sha256())) {
        return Optional.empty(); // it is being removed or replaced
      }
      pieces.writeBytes(next.octets());
    }
    RawMessage message = RawMessage.wrap(pieces.octets());
    if (!message.sha256().equals(first.sha256())) {
      throw new IllegalStateException("the bytes of " + id + " are not those that were kept");
    }
    return Optional.of(message);
  }

  /** Octets in a row; not copied once more, since it is known how many there are. */
  private static final class Pieces extends ByteArrayOutputStream {
    Pieces(int size) {
      super(size);
    }

    byte[] octets() {
      return count == buf.length ? buf : toByteArray();
    }
  }

  private @Nullable RawDocument piece(String index, ArchiveId id, int part) {
    GetResponse<RawDocument> response =
        connection.ask(
            "reading a message",
            client ->
                client.get(
                    get -> get.index(index).id(RawDocument.id(id, part)), RawDocument.class));
    return response.found() ? response.source() : null;
  }
}

package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.milena.archive.post.PostConflictException;
import org.milena.common.failure.OutageException;

/**
 * Writes many documents in requests of bounded size. A server with a heap of 320 MB refuses what is
 * above a tenth of that for good.
 */
final class Bulk implements AutoCloseable {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_OPERATIONS = 1000;

  /** The server writes a request on one core, so that two cores take two of them. */
  private static final int BESIDE = 2;

  /** Of each request where there are several beside each other: so that they are of one size. */
  private static final int BYTES_BESIDE = 1 << 20;

  /**
   * Kinds of errors that are about one document, and stay: a date that cannot be. They come of a
   * mapping that does not fit, too.
   */
  private static final Set<String> OF_THE_DOCUMENT =
      Set.of("document_parsing_exception", "mapper_parsing_exception");

  /** Of many errors about the index, and of this one about a document. */
  private static final String ILLEGAL = "illegal_argument_exception";

  private static final String HUGE_WORD = "Document contains at least one immense term";

  /** No document has this id. */
  private static final String NOBODY = "plain";

  private static final int BAD_REQUEST = 400;
  private static final int CONFLICT = 409;

  private final SearchConnection connection;
  private final String doing;
  private final boolean deleting;
  private final boolean conflicting;
  private final @Nullable Object plain;
  private final List<BulkOperation> operations = new ArrayList<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private final Deque<Sent> underWay = new ArrayDeque<>();
  private int atOnce = 1;
  private int maxBytes = MAX_BYTES;
  private long bytes;

  private Bulk(
      SearchConnection connection,
      String doing,
      boolean deleting,
      boolean conflicting,
      @Nullable Object plain) {
    this.connection = connection;
    this.doing = doing;
    this.deleting = deleting;
    this.conflicting = conflicting;
    this.plain = plain;
  }

  /**
   * Of which the server takes all, or something is wrong with the index.
   *
   * @param doing what it is for
   */
  static Bulk of(SearchConnection connection, String doing) {
    return new Bulk(connection, doing, false, false, null);
  }

  /** Of deletions; what is not there is as good as deleted. */
  static Bulk deleting(SearchConnection connection, String doing) {
    return new Bulk(connection, doing, true, false, null);
  }

  /** Of deletions that say what they mean to delete; what was written since then stays. */
  static Bulk deletingUnchanged(SearchConnection connection, String doing) {
    return new Bulk(connection, doing, true, true, null);
  }

  /**
   * Of documents of which the server may refuse some for what they hold.
   *
   * @param plain one of them that nothing is wrong with: where all are refused, an index that does
   *     not take this one either is not what it should be
   */
  static Bulk of(SearchConnection connection, String doing, Object plain) {
    return new Bulk(connection, doing, false, false, plain);
  }

  /**
   * Of documents that are not to be written: see {@link #trial}.
   *
   * @param plain as above
   */
  static Bulk trying(SearchConnection connection, String doing, Object plain) {
    return new Bulk(connection, doing, false, true, plain);
  }

  /**
   * Asks for the place of a document that is not there. The server reads the new one before it sees
   * that, so nothing is written, and yet it is known whether it can be read.
   *
   * @param id none that there is
   */
  static BulkOperation trial(String index, String id, Object document) {
    return BulkOperation.of(op ->
        op.index(
            write -> write.index(index).id(id).ifSeqNo(0L).ifPrimaryTerm(1L).document(document)));
  }

  /**
   * Has requests sent beside each other: no two operations are about one document, and it does not
   * matter which one comes first. All octets that are under way are no more than those of one
   * request may be. Must be closed, since something can fail while they are.
   */
  Bulk inAnyOrder() {
    atOnce = BESIDE;
    maxBytes = BYTES_BESIDE;
    return this;
  }

  /**
   * @param size about how many octets the operation is
   */
  void add(BulkOperation operation, long size) {
    if (!operations.isEmpty() && (bytes + size > maxBytes || operations.size() >= MAX_OPERATIONS)) {
      send();
    }
    operations.add(operation);
    bytes += size;
  }

  /**
   * Sends what is left; returns when it is durable.
   *
   * @throws DocumentsRefusedException when the server will never take some of all that were added;
   *     the others are durable
   * @throws IllegalStateException when an index takes none of them, whatever they hold
   */
  void flush() {
    send();
    awaitAll();
    if (!refused.isEmpty()) {
      Map<String, String> reasons = Map.copyOf(refused);
      refused.clear();
      throw new DocumentsRefusedException(doing, reasons);
    }
  }

  private record Sent(Beside<BulkResponse> request, long bytes) {}

  private void send() {
    if (operations.isEmpty()) {
      return;
    }
    List<BulkOperation> sent = List.copyOf(operations);
    long size = bytes;
    operations.clear();
    bytes = 0;
    if (atOnce == 1) {
      check(write(sent));
      return;
    }
    while (underWay.size() >= atOnce
        || (!underWay.isEmpty() && bytesUnderWay() + size > MAX_BYTES)) {
      awaitFirst();
    }
    underWay.add(new Sent(Beside.begin(doing, () -> write(sent)), size));
  }

  private long bytesUnderWay() {
    return underWay.stream().mapToLong(Sent::bytes).sum();
  }

  private BulkResponse write(List<BulkOperation> sent) {
    return connection.call(doing, client -> client.bulk(request -> request.operations(sent)));
  }

  private void awaitAll() {
    while (!underWay.isEmpty()) {
      awaitFirst();
    }
  }

  private void awaitFirst() {
    try {
      check(underWay.removeFirst().request().await());
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Waits for what is under way, so that nothing is written behind a failure. */
  @Override
  public void close() {
    while (!underWay.isEmpty()) {
      underWay.removeFirst().request().awaitEnd();
    }
  }

  private void check(BulkResponse response) {
    if (response.errors()) {
      response.items().forEach(this::check);
      suspects(response.items()).forEach(this::checkIndex);
    }
  }

  /** The indices that refused documents and took none. */
  private static Set<String> suspects(List<BulkResponseItem> items) {
    Set<String> indices = new HashSet<>();
    items.stream()
        .filter(item -> item.error() != null && item.status() != CONFLICT)
        .map(BulkResponseItem::index)
        .forEach(indices::add);
    items.stream()
        .filter(item -> item.error() == null || item.status() == CONFLICT)
        .map(BulkResponseItem::index)
        .forEach(indices::remove);
    return indices;
  }

  private void checkIndex(String index) {
    Object document = plain;
    if (document == null) {
      return;
    }
    BulkOperation operation = trial(index, NOBODY, document);
    BulkResponse response =
        connection.call(doing, client -> client.bulk(request -> request.operations(operation)));
    for (BulkResponseItem item : response.items()) {
      ErrorCause error = item.error();
      if (error != null && item.status() != CONFLICT) {
        failed(
            item.status(), index + " takes nothing, not even a plain document: " + reason(error));
      }
    }
  }

  private void check(BulkResponseItem item) {
    ErrorCause error = item.error();
    int status = item.status();
    if (error == null || (deleting && status == 404) || (conflicting && status == CONFLICT)) {
      return;
    }
    if (status == CONFLICT || status == 404) {
      throw new PostConflictException(doing + ": " + item.id() + " was changed meanwhile");
    }
    String id = item.id();
    if (plain != null && status == BAD_REQUEST && id != null && isOfTheDocument(error)) {
      refused.put(id, reason(error));
      return;
    }
    failed(status, item.id() + ": " + error.reason());
  }

  private void failed(int status, String why) {
    if (SearchConnection.isOutage(status)) {
      throw new OutageException("the search engine cannot serve (" + doing + "): " + why);
    }
    throw new IllegalStateException("the search engine refuses " + doing + ": " + why);
  }

  private static boolean isOfTheDocument(ErrorCause error) {
    String reason = error.reason();
    return OF_THE_DOCUMENT.contains(error.type())
        || (ILLEGAL.equals(error.type()) && reason != null && reason.startsWith(HUGE_WORD));
  }

  private static String reason(ErrorCause error) {
    ErrorCause cause = error.causedBy();
    String reason = error.type() + ": " + error.reason();
    return cause == null ? reason : reason + ", since " + cause.reason();
  }
}

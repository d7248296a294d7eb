package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.milena.archive.post.PostConflictException;
import org.milena.common.failure.OutageException;

/**
 * Writes many documents in requests of bounded size. A server with a heap of 320 MB refuses what is
 * above a tenth of that for good.
 */
final class Bulk {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_OPERATIONS = 1000;

  /** Kinds of errors that are about one document, and stay: a date that cannot be, a huge word. */
  private static final Set<String> OF_THE_DOCUMENT =
      Set.of(
          "document_parsing_exception", "mapper_parsing_exception", "illegal_argument_exception");

  private static final int BAD_REQUEST = 400;

  private final SearchConnection connection;
  private final String doing;
  private final boolean deleting;
  private final List<BulkOperation> operations = new ArrayList<>();
  private final Map<String, String> refused = new LinkedHashMap<>();
  private long bytes;

  /**
   * @param doing what it is for
   * @param deleting whether what is not there is as good as deleted
   */
  Bulk(SearchConnection connection, String doing, boolean deleting) {
    this.connection = connection;
    this.doing = doing;
    this.deleting = deleting;
  }

  /**
   * @param size about how many octets the operation is
   */
  void add(BulkOperation operation, long size) {
    if (!operations.isEmpty()
        && (bytes + size > MAX_BYTES || operations.size() >= MAX_OPERATIONS)) {
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
   */
  void flush() {
    send();
    if (!refused.isEmpty()) {
      Map<String, String> reasons = Map.copyOf(refused);
      refused.clear();
      throw new DocumentsRefusedException(doing, reasons);
    }
  }

  private void send() {
    if (operations.isEmpty()) {
      return;
    }
    List<BulkOperation> sent = List.copyOf(operations);
    operations.clear();
    bytes = 0;
    BulkResponse response =
        connection.call(doing, client -> client.bulk(request -> request.operations(sent)));
    if (response.errors()) {
      response.items().forEach(this::check);
    }
  }

  private void check(BulkResponseItem item) {
    ErrorCause error = item.error();
    int status = item.status();
    if (error == null || (deleting && status == 404)) {
      return;
    }
    if (status == 409 || status == 404) {
      throw new PostConflictException(doing + ": " + item.id() + " was changed meanwhile");
    }
    String id = item.id();
    if (status == BAD_REQUEST && id != null && OF_THE_DOCUMENT.contains(error.type())) {
      refused.put(id, reason(error));
      return;
    }
    if (SearchConnection.isOutage(status)) {
      throw new OutageException(
          "the search engine cannot serve (" + doing + "): " + error.reason());
    }
    throw new IllegalStateException(
        "the search engine refuses " + doing + " of " + item.id() + ": " + error.reason());
  }

  private static String reason(ErrorCause error) {
    ErrorCause cause = error.causedBy();
    String reason = error.type() + ": " + error.reason();
    return cause == null ? reason : reason + ", since " + cause.reason();
  }
}

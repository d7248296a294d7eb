package org.milena.archive.elasticsearch;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import co.elastic.clients.elasticsearch.core.BulkResponse;
import co.elastic.clients.elasticsearch.core.bulk.BulkOperation;
import co.elastic.clients.elasticsearch.core.bulk.BulkResponseItem;
import java.util.ArrayList;
import java.util.List;
import org.milena.archive.post.PostConflictException;
import org.milena.common.failure.OutageException;

/**
 * Writes many documents in requests of bounded size. A server with a heap of 320 MB refuses what is
 * above a tenth of that for good.
 */
final class Bulk {
  private static final int MAX_BYTES = 4 << 20;
  private static final int MAX_OPERATIONS = 1000;

  private final SearchConnection connection;
  private final String doing;
  private final boolean deleting;
  private final List<BulkOperation> operations = new ArrayList<>();
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
      flush();
    }
    operations.add(operation);
    bytes += size;
  }

  /** Sends what is left; returns when it is durable. */
  void flush() {
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
    if (SearchConnection.isOutage(status)) {
      throw new OutageException(
          "the search engine cannot serve (" + doing + "): " + error.reason());
    }
    throw new IllegalStateException(
        "the search engine refuses " + doing + " of " + item.id() + ": " + error.reason());
  }
}

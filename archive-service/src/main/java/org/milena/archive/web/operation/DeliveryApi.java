package org.milena.archive.web.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.archive.trace.PostDelivery;
import org.milena.archive.web.DeliveryReaders;
import org.milena.archive.web.MessageIds;
import org.milena.common.directory.Account;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What became of a post: for its proven author in numbers, for owners of the list and operators
 * also with the addresses that it did not reach. For others it is as if it were not there.
 */
@RestController
public class DeliveryApi {
  private static final int MAX_LIMIT = 10_000;

  private final DeliveryReaders readers;

  /** Over one site's stories. */
  public DeliveryApi(DeliveryReaders readers) {
    this.readers = readers;
  }

  /** One for each list, and for each mail that has the Message-ID. */
  public record DeliveriesJson(List<PostDelivery> items) {}

  /**
   * By mail id or Message-ID.
   *
   * @param limit how many addresses of a list are given at most
   */
  @GetMapping({"/api/v1/deliveries/{*key}", "/api/v1/deliveries"})
  DeliveriesJson deliveries(
      @PathVariable(name = "key", required = false) @Nullable String key,
      @RequestParam(name = "id", required = false) @Nullable String id,
      @RequestParam(defaultValue = "1000") int limit) {
    var _ = Caller.current().requireScope(Account.Scope.READ);
    if (limit < 0 || limit > MAX_LIMIT) {
      throw ApiProblem.badRequest(
          "invalid-limit", "limit is 0 to " + MAX_LIMIT + ", not " + limit + ".");
    }
    String wanted = MessageIds.of(key, id);
    List<PostDelivery> found = readers.find(wanted, limit);
    if (found.isEmpty()) {
      throw ApiProblem.notFound(
          "Nothing is known of copies of a post " + wanted + ", or nothing that you may see.");
    }
    return new DeliveriesJson(found);
  }
}

package org.milena.listexpander.web;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.DeliveryChange;
import org.milena.common.directory.Directory;
import org.milena.common.directory.Suppression;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.CursorPage;
import org.milena.listexpander.ledger.ListTables;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Addresses that the site sends nothing to. For operators. */
@RestController
@RequestMapping("/api/v1/suppressions")
public class SuppressionsApi {
  private final Directory directory;
  private final ListTables tables;
  private final CommandSender commands;

  public SuppressionsApi(Directory directory, ListTables tables, CommandSender commands) {
    this.directory = directory;
    this.tables = tables;
    this.commands = commands;
  }

  /** Why nothing is to be sent. */
  record SuppressionBody(@Nullable String reason) {}

  /** All of them, by address. */
  @GetMapping
  CursorPage<Suppression> all(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    var _ = Caller.current().requireOperator();
    int size = Paging.limit(limit);
    List<Suppression> rows =
        tables.directory().suppressions().scan("", after, size + 1).stream()
            .map(Map.Entry::getValue)
            .toList();
    return Paging.of(rows, size, row -> row.address().key(), row -> row);
  }

  /** One. */
  @GetMapping("/{address}")
  Suppression one(@PathVariable("address") String address) {
    var _ = Caller.current().requireOperator();
    return require(MembersApi.parse(address));
  }

  /** Nothing is sent to an address any more. */
  @PutMapping("/{address}")
  Suppression put(@PathVariable("address") String wanted, @RequestBody SuppressionBody body) {
    var _ = Caller.current().requireOperator();
    MailAddress address = MembersApi.parse(wanted);
    String reason = Objects.requireNonNullElse(body.reason(), "");
    var _ =
        commands.sendForKey(
            Suppression.commandKey(address), new DeliveryChange.PutSuppression(address, reason));
    return require(address);
  }

  /** Mail is sent to an address again. */
  @DeleteMapping("/{address}")
  CommandOutcome.Done delete(@PathVariable("address") String wanted) {
    var _ = Caller.current().requireOperator();
    MailAddress address = MembersApi.parse(wanted);
    return commands.sendForKey(
        Suppression.commandKey(address), new DeliveryChange.DeleteSuppression(address));
  }

  private Suppression require(MailAddress address) {
    return directory
        .suppression(address)
        .orElseThrow(() -> ApiProblem.notFound(address + " is not suppressed."));
  }
}

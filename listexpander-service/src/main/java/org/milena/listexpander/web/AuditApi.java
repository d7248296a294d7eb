package org.milena.listexpander.web;

import java.util.OptionalLong;
import org.milena.common.directory.MailingList;
import org.milena.common.event.AuditEntry;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.CursorPage;
import org.milena.common.web.ListAccess;
import org.milena.listexpander.audit.AuditLog;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who changed what, newest first. */
@RestController
@RequestMapping("/api/v1")
public class AuditApi {
  private final Lists lists;
  private final ListAccess access;
  private final AuditLog log;

  public AuditApi(Lists lists, ListAccess access, AuditLog log) {
    this.lists = lists;
    this.access = access;
    this.log = log;
  }

  /** Of a list. */
  @GetMapping("/lists/{list}/audit")
  CursorPage<AuditEntry> ofList(
      @PathVariable("list") String address,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    MailingList list = lists.require(address);
    var _ = access.requireManage(list);
    return page(log.of(list.id(), cursor(after), Paging.limit(limit)));
  }

  /** Of accounts, domains and the site. */
  @GetMapping("/site/audit")
  CursorPage<AuditEntry> ofSite(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = Paging.DEFAULT_LIMIT) int limit) {
    var _ = Caller.current().requireOperator();
    return page(log.ofSite(cursor(after), Paging.limit(limit)));
  }

  private static CursorPage<AuditEntry> page(AuditLog.Page page) {
    return new CursorPage<>(
        page.entries(), page.next().isPresent() ? "" + page.next().getAsLong() : null);
  }

  private static OptionalLong cursor(String after) {
    try {
      return after.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(after));
    } catch (NumberFormatException e) {
      throw ApiProblem.badRequest("invalid-cursor", "\"after\" is what an earlier page gave.");
    }
  }
}

package org.milena.listexpander.web;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.milena.common.command.AddressChange;
import org.milena.common.command.CommandOutcome;
import org.milena.common.command.ListChange;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.MailAddress;
import org.milena.common.web.ApiProblem;
import org.milena.common.web.Caller;
import org.milena.common.web.ListAccess;
import org.milena.common.web.SignIn;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What happens to a list as a whole: its address, its end, its moderators' password. */
@RestController
@RequestMapping("/api/v1/lists/{list}")
public class ListLifeApi {
  private static final int USUAL_FORMER_DAYS = 365;
  private static final int MAX_FORMER_DAYS = 3_650;
  private static final int MIN_PASSWORD = 10;
  private static final int MAX_PASSWORD = 200;

  private final Lists lists;
  private final ListAccess access;
  private final CommandSender commands;
  private final SignIn signIn;
  private final InstantSource clock;

  public ListLifeApi(
      Lists lists, ListAccess access, CommandSender commands, SignIn signIn, InstantSource clock) {
    this.lists = lists;
    this.access = access;
    this.commands = commands;
    this.signIn = signIn;
    this.clock = clock;
  }

  /**
   * Another address.
   *
   * @param formerDays how many days mail to the old one is still taken; a year without it
   */
  record NewAddress(@Nullable MailAddress address, @Nullable Integer formerDays) {}

  /** Gives the list another address. */
  @PostMapping("/rename")
  CommandOutcome.Done rename(
      @PathVariable("list") String listAddress, @RequestBody NewAddress wanted) {
    MailingList list = lists.require(listAddress);
    requireMayRename(list, wanted.address());
    MailAddress address = wanted.address();
    Integer days = wanted.formerDays();
    if (address == null) {
      throw ApiProblem.badRequest("address-missing", "Say which address the list shall have.");
    }
    if (days != null && (days < 0 || days > MAX_FORMER_DAYS)) {
      throw ApiProblem.badRequest(
          "former-days", "An old address is kept for 0 to %,d days.".formatted(MAX_FORMER_DAYS));
    }
    return commands.send(
        list.id(),
        new AddressChange.RenameList(
            address,
            clock.instant().plus(Duration.ofDays(days == null ? USUAL_FORMER_DAYS : days))));
  }

  /** Where it was and where it goes both are domains of the caller. */
  private void requireMayRename(MailingList list, @Nullable MailAddress address) {
    if (!access.mayManageDomain(list.address().domain())
        || (address != null && !access.mayManageDomain(address.domain()))) {
      var _ = Caller.current().requireOperator();
    }
  }

  /** Closes the list for good; its archive stays. */
  @PostMapping("/retire")
  CommandOutcome.Done retire(@PathVariable("list") String listAddress) {
    return commands.send(owned(listAddress).id(), new ListChange.RetireList(true));
  }

  /** Opens it again. */
  @PostMapping("/reopen")
  CommandOutcome.Done reopen(@PathVariable("list") String listAddress) {
    return commands.send(owned(listAddress).id(), new ListChange.RetireList(false));
  }

  /** A password. */
  record NewPassword(@Nullable String password) {
    @Override
    public String toString() {
      return "NewPassword[]";
    }
  }

  /** Sets the password for {@code Approved} fields. */
  @PutMapping("/moderator-password")
  CommandOutcome.Done setPassword(
      @PathVariable("list") String listAddress, @RequestBody NewPassword wanted) {
    MailingList list = owned(listAddress);
    String password = wanted.password();
    if (password == null
        || password.length() < MIN_PASSWORD
        || password.length() > MAX_PASSWORD
        || !password.equals(password.strip())
        || password.chars().anyMatch(Character::isISOControl)) {
      throw ApiProblem.badRequest(
          "password",
          "A moderators' password has %d to %d characters on one line, none of them a space at an end."
              .formatted(MIN_PASSWORD, MAX_PASSWORD));
    }
    return commands.send(list.id(), new ListChange.SetModeratorSecret(signIn.hash(password)));
  }

  /** Takes it away. */
  @DeleteMapping("/moderator-password")
  CommandOutcome.Done deletePassword(@PathVariable("list") String listAddress) {
    return commands.send(owned(listAddress).id(), new ListChange.SetModeratorSecret(null));
  }

  private MailingList owned(String address) {
    MailingList list = lists.require(address);
    var _ = access.requireManage(list);
    return list;
  }
}

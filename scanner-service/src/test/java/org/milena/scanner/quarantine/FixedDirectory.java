package org.milena.scanner.quarantine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.milena.common.directory.Account;
import org.milena.common.directory.Directory;
import org.milena.common.directory.ListSettings;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.directory.Suppression;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;

/** Lists and members that a test names. */
public final class FixedDirectory implements Directory {

  private final List<MailingList> lists = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<MailAddress> suppressed = new ArrayList<>();

  public FixedDirectory with(ListId id) {
    lists.add(
        new MailingList(
            id,
            MailAddress.of(id.value().replaceFirst("\\.", "@")),
            id.value(),
            "",
            ListSettings.DISCUSSION,
            Instant.EPOCH,
            1));
    return this;
  }

  public FixedDirectory with(ListId list, String address, MemberRole role) {
    members.add(
        new Member(list, MailAddress.of(address), "", Set.of(role), null, true, Instant.EPOCH));
    return this;
  }

  public FixedDirectory suppressing(String address) {
    suppressed.add(MailAddress.of(address));
    return this;
  }

  @Override
  public Optional<MailingList> list(ListId id) {
    return lists.stream().filter(list -> list.id().equals(id)).findFirst();
  }

  @Override
  public Optional<MailingList> listAt(MailAddress address) {
    return lists.stream().filter(list -> list.address().key().equals(address.key())).findFirst();
  }

  @Override
  public List<MailingList> lists() {
    return List.copyOf(lists);
  }

  @Override
  public Optional<Member> member(ListId list, MailAddress address) {
    return members.stream()
        .filter(one -> one.list().equals(list) && one.address().equals(address))
        .findFirst();
  }

  @Override
  public List<Member> members(ListId list, String after, int limit) {
    return members.stream()
        .filter(one -> one.list().equals(list) && one.address().key().compareTo(after) > 0)
        .sorted(Comparator.comparing(one -> one.address().key()))
        .limit(limit)
        .toList();
  }

  @Override
  public int memberCount(ListId list) {
    return (int) members.stream().filter(one -> one.list().equals(list)).count();
  }

  @Override
  public Optional<Account> account(String name) {
    return Optional.empty();
  }

  @Override
  public Optional<Account> accountByToken(String sha256) {
    return Optional.empty();
  }

  @Override
  public Optional<Suppression> suppression(MailAddress address) {
    return suppressed.contains(address)
        ? Optional.of(new Suppression(address, "asked", Instant.EPOCH))
        : Optional.empty();
  }

  @Override
  public boolean isFresh() {
    return true;
  }

  @Override
  public void awaitCurrent(Duration atMost) {
    // it never changes behind a test's back
  }
}

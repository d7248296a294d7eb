package org.milena.listexpander.web;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.milena.common.directory.MailingList;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.settings.ListSettings;
import org.milena.listexpander.list.SourceRights;

/**
 * A list as the API shows it.
 *
 * @param members how many have an entry; null for those who may not know
 * @param sources where members come from besides; null for those who may not know
 * @param feeds the lists that get members from this one; likewise
 * @param moderatorPassword whether there is one for {@code Approved} fields
 */
record ListView(
    ListId id,
    MailAddress address,
    String displayName,
    String description,
    ListSettings settings,
    @Nullable Integer members,
    @Nullable List<SourceRights.Shown> sources,
    @Nullable List<MailAddress> feeds,
    Instant createdAt,
    long version,
    List<MailingList.FormerAddress> formerAddresses,
    boolean retired,
    boolean moderatorPassword) {

  /** As those see it who do not run it: without the lists that it has to do with. */
  static ListView forOthers(MailingList list) {
    return view(list, list.settings().with("memberSources", List.of()), null, null, null);
  }

  /** As those see it who run it. */
  static ListView of(MailingList list, int members, SourceRights sources) {
    return insiders(list, sources.written(list.settings()), members, sources.shown(list), sources);
  }

  /** As those see it who only moderate it: where members come from the web may be a secret. */
  static ListView forModerators(MailingList list, int members, SourceRights sources) {
    ListSettings settings = sources.written(list.settings());
    return insiders(
        list,
        settings.with(
            "memberSources",
            settings.membership().memberSources().stream().map(SourceRights::hostOnly).toList()),
        members,
        sources.shown(list).stream().map(SourceRights.Shown::hostOnly).toList(),
        sources);
  }

  private static ListView insiders(
      MailingList list,
      ListSettings settings,
      int members,
      List<SourceRights.Shown> shown,
      SourceRights sources) {
    return view(
        list,
        settings,
        members,
        shown,
        sources.fedBy(list).stream().map(MailingList::address).toList());
  }

  private static ListView view(
      MailingList list,
      ListSettings settings,
      @Nullable Integer members,
      @Nullable List<SourceRights.Shown> sources,
      @Nullable List<MailAddress> feeds) {
    return new ListView(
        list.id(),
        list.address(),
        list.displayName(),
        list.description(),
        settings,
        members,
        sources,
        feeds,
        list.createdAt(),
        list.version(),
        list.formerAddresses(),
        list.closedForGood(),
        list.moderatorSecret() != null);
  }
}

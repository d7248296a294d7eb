package org.milena.common.directory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.milena.common.event.Topics;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.table.Table;

/** The directory over its tables, with the indexes its look-ups need. */
public final class TableDirectory implements Directory {
  private final DirectoryTables tables;
  private final InstantSource clock;
  private final Map<String, ListId> listByAddress = new ConcurrentHashMap<>();
  private final Map<String, ListId> listByFormerAddress = new ConcurrentHashMap<>();
  private final RosterCounts memberCounts;
  private final Roster roster = new Roster(new ViewRows());
  private final Map<String, String> accountByToken = new ConcurrentHashMap<>();
  private final Map<String, String> accountByAddress = new ConcurrentHashMap<>();

  /** The tables must not have been started yet: the indexes follow them from their first row. */
  public TableDirectory(DirectoryTables tables, InstantSource clock) {
    this.tables = tables;
    this.clock = clock;
    this.memberCounts = new RosterCounts(tables.members(), roster, clock);
    tables
        .lists()
        .onChange((_, before, now) -> {
          before.ifPresent(list -> {
            listByAddress.remove(list.address().key(), list.id());
            list.formerAddresses()
                .forEach(former -> listByFormerAddress.remove(former.address().key(), list.id()));
          });
          now.ifPresent(list -> {
            listByAddress.put(list.address().key(), list.id());
            list.formerAddresses()
                .forEach(former -> listByFormerAddress.put(former.address().key(), list.id()));
          });
        });
    tables
        .accounts()
        .onChange((_, before, now) -> {
          before.ifPresent(account -> {
            account.apiTokens().forEach(token -> accountByToken.remove(token.sha256()));
            account
                .addresses()
                .forEach(address -> accountByAddress.remove(address.key(), account.name()));
          });
          now.ifPresent(account -> {
            account
                .apiTokens()
                .forEach(token -> accountByToken.put(token.sha256(), account.name()));
            account
                .addresses()
                .forEach(address -> accountByAddress.put(address.key(), account.name()));
          });
        });
  }

  @Override
  public Optional<MailingList> list(ListId id) {
    return tables.lists().get(id.value());
  }

  @Override
  public Optional<MailingList> listAt(MailAddress address) {
    return Optional.ofNullable(listByAddress.get(address.key()))
        .flatMap(this::list)
        .or(() -> formerlyAt(address));
  }

  private Optional<MailingList> formerlyAt(MailAddress address) {
    return Optional.ofNullable(listByFormerAddress.get(address.key()))
        .flatMap(this::list)
        .filter(list -> list.isAt(address, clock.instant()));
  }

  @Override
  public List<MailingList> lists() {
    return tables.lists().scan("", "", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Own rows of this view. */
  private final class ViewRows implements Roster.Rows {
    @Override
    public Optional<MailingList> list(ListId id) {
      return TableDirectory.this.list(id);
    }

    @Override
    public Optional<MailingList> listAt(MailAddress address) {
      return TableDirectory.this.listAt(address);
    }

    @Override
    public Optional<MailDomain> domain(String name) {
      return TableDirectory.this.domain(name);
    }

    @Override
    public Optional<Member> row(ListId list, MailAddress address) {
      return tables.members().get(Member.key(list, address));
    }

    @Override
    public Optional<FetchedSource> fetched(ListId list, String url) {
      return TableDirectory.this.fetched(list, url);
    }

    @Override
    public List<Member> rows(ListId list, String after, int limit) {
      return tables
          .members()
          .scan(Topics.listKey(list, ""), after.isEmpty() ? "" : Topics.listKey(list, after), limit)
          .stream()
          .map(Map.Entry::getValue)
          .toList();
    }
  }

  @Override
  public Roster roster() {
    return roster;
  }

  @Override
  public Optional<FetchedSource> fetched(ListId list, String url) {
    return tables.sources().get(FetchedSource.key(list, url));
  }

  @Override
  public int memberCount(ListId list) {
    return memberCounts.of(list);
  }

  @Override
  public Optional<Account> account(String name) {
    return tables.accounts().get(name);
  }

  @Override
  public Optional<Account> accountByToken(String sha256) {
    return Optional.ofNullable(accountByToken.get(sha256)).flatMap(tables.accounts()::get);
  }

  @Override
  public Optional<Account> accountByAddress(MailAddress address) {
    return Optional.ofNullable(accountByAddress.get(address.key())).flatMap(tables.accounts()::get);
  }

  @Override
  public Optional<MailDomain> domain(String name) {
    return tables.domains().get(name);
  }

  @Override
  public List<MailDomain> domains() {
    return tables.domains().scan("", "", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<Template> template(String scope, String name, String language) {
    return tables.templates().get(Template.key(scope, name, language));
  }

  @Override
  public List<Template> templates(String scope) {
    return tables.templates().scan(scope + Topics.KEY_SEPARATOR, "", Integer.MAX_VALUE).stream()
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public Optional<Suppression> suppression(MailAddress address) {
    return tables.suppressions().get(address.key());
  }

  @Override
  public boolean isFresh() {
    return tables.all().stream().allMatch(Table::isFresh);
  }

  @Override
  public void awaitCurrent(Duration atMost) {
    tables.awaitCurrent(atMost);
  }
}

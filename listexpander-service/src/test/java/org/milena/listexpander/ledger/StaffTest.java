package org.milena.listexpander.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.milena.common.directory.DirectoryTables;
import org.milena.common.directory.Member;
import org.milena.common.directory.MemberRole;
import org.milena.common.event.RecordPosition;
import org.milena.common.mail.ListId;
import org.milena.common.mail.MailAddress;
import org.milena.common.stage.OutRecord;
import org.milena.common.stage.StageTransaction;
import org.milena.common.table.MemoryTable;
import org.milena.common.table.Table;
import org.milena.listexpander.fake.Fixtures;

class StaffTest {
  private static final ListId OTHER = ListId.of("other.lists.example.org");

  private final ListTables tables =
      ListTables.of(DirectoryTables.of(MemoryTable::of), MemoryTable::of);
  private final Table<Member> members = tables.directory().members();

  @Test
  void ofManyMembersOnlyThoseAreReadWhoOwnOrModerate() {
    for (int i = 0; i < 10_000; i++) {
      put(Fixtures.member("m" + i + "@a.example"));
    }
    put(Fixtures.member("zoe@a.example", null, MemberRole.OWNER));
    put(Fixtures.member("bob@a.example", null, MemberRole.MEMBER, MemberRole.MODERATOR));
    Lagging transaction = new Lagging();
    assertThat(staff(transaction)).containsExactly("bob@a.example", "zoe@a.example");
    assertThat(transaction.read).isEqualTo(2);
    assertThat(tables.staff().keys(OTHER)).isEmpty();
  }

  @Test
  void theTransactionSeesWhomItPutAndNotWhomItTookAway() {
    put(Fixtures.member("ann@a.example", null, MemberRole.OWNER));
    put(Fixtures.member("bob@a.example", null, MemberRole.MODERATOR));
    Lagging transaction = new Lagging();
    Ledger ledger = new Ledger(tables, transaction);
    ledger.put(Fixtures.member("cem@a.example", null, MemberRole.MODERATOR));
    ledger.put(Fixtures.member("bob@a.example"));
    ledger.deleteMember(Fixtures.USERS_ID, MailAddress.of("ann@a.example"));
    assertThat(staff(transaction)).containsExactly("cem@a.example");
  }

  @Test
  void whatAnAbortedTransactionPutIsForgotten() {
    new Ledger(tables, new Lagging()).put(Fixtures.member("ann@a.example", null, MemberRole.OWNER));
    assertThat(staff(new Lagging())).isEmpty();
    assertThat(tables.staff().keys(Fixtures.USERS_ID)).isEmpty();
  }

  @Test
  void whoeverHasTheRoleIsFoundWhateverHappens() {
    Random random = new Random(7);
    for (int i = 0; i < 2_000; i++) {
      Lagging transaction = new Lagging();
      Ledger ledger = new Ledger(tables, transaction);
      for (int change = random.nextInt(4); change >= 0; change--) {
        MailAddress address = MailAddress.of("m" + random.nextInt(5) + "@a.example");
        if (random.nextInt(4) == 0) {
          ledger.deleteMember(Fixtures.USERS_ID, address);
        } else {
          MemberRole role = MemberRole.values()[random.nextInt(MemberRole.values().length)];
          ledger.put(Fixtures.member(address.toString(), null, role));
        }
        assertThat(staff(transaction)).isEqualTo(walked(ledger));
      }
      if (random.nextBoolean()) {
        transaction.commit();
      }
    }
  }

  private void put(Member member) {
    members.put(Member.key(member.list(), member.address()), member);
  }

  private List<String> staff(Lagging transaction) {
    return new Ledger(tables, transaction)
        .staff(Fixtures.USERS_ID).stream().map(member -> member.address().toString()).toList();
  }

  private static List<String> walked(Ledger ledger) {
    List<String> found = new ArrayList<>();
    ledger.eachMember(
        Fixtures.USERS_ID,
        member -> {
          Set<MemberRole> roles = member.roles();
          if (roles.contains(MemberRole.OWNER) || roles.contains(MemberRole.MODERATOR)) {
            found.add(member.address().toString());
          }
        });
    return found;
  }

  /** A transaction whose rows the views have when it is committed. Counts rows that are read. */
  private static final class Lagging implements StageTransaction {
    private final Map<Table<?>, TreeMap<String, Optional<?>>> changed = new HashMap<>();
    private final List<Runnable> writes = new ArrayList<>();
    private int read;

    void commit() {
      writes.forEach(Runnable::run);
    }

    @Override
    public <V> void put(Table<V> table, String key, V row) {
      changed.computeIfAbsent(table, _ -> new TreeMap<>()).put(key, Optional.of(row));
      writes.add(() -> table.put(key, row));
    }

    @Override
    public <V> void delete(Table<V> table, String key) {
      changed.computeIfAbsent(table, _ -> new TreeMap<>()).put(key, Optional.empty());
      writes.add(() -> table.delete(key));
    }

    @Override
    @SuppressWarnings("unchecked") // rows are put in under their own table only
    public <V> Optional<V> get(Table<V> table, String key) {
      read++;
      Optional<?> row = changed.getOrDefault(table, new TreeMap<>()).get(key);
      return row == null ? table.get(key) : (Optional<V>) row;
    }

    @Override
    public <V> List<Map.Entry<String, V>> scan(
        Table<V> table, String prefix, String after, int limit) {
      SortedSet<String> keys = new TreeSet<>(changed.getOrDefault(table, new TreeMap<>()).keySet());
      table.scan(prefix, after, limit).forEach(row -> keys.add(row.getKey()));
      return keys.stream()
          .filter(key -> key.startsWith(prefix) && key.compareTo(after) > 0)
          .flatMap(key -> get(table, key).stream().map(row -> Map.entry(key, row)))
          .limit(limit)
          .toList();
    }

    @Override
    public void send(OutRecord record) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void send(OutRecord record, Consumer<RecordPosition> then) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void settle() {
      throw new UnsupportedOperationException();
    }
  }
}

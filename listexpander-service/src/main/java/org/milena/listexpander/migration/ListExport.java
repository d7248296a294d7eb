package org.milena.listexpander.migration;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.milena.common.directory.Directory;
import org.milena.common.directory.MailingList;
import org.milena.common.directory.Member;
import org.milena.common.directory.Roster;
import org.milena.common.directory.Template;
import org.milena.common.event.Hold;
import org.milena.common.event.ListState;
import org.milena.common.event.MailMeta;
import org.milena.common.mail.ListId;
import org.milena.common.settings.SettingsPatch;
import org.milena.common.stage.DeadPointerException;
import org.milena.common.stage.MailReader;
import org.milena.common.stage.MailRecords;
import org.milena.common.table.Table;
import org.milena.listexpander.list.SourceRights;
import org.milena.listexpander.migration.listfile.ListFileEntry;
import org.milena.listexpander.migration.listfile.ListFileWriter;
import org.milena.listexpander.moderation.HeldQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a whole list into one file. What changes meanwhile is in it as it was or as it is. */
public final class ListExport {
  private static final Logger log = LoggerFactory.getLogger(ListExport.class);
  private static final int PAGE = 1_000;

  private final Directory directory;
  private final Table<ListState> states;
  private final HeldQueue held;
  private final MailReader mailReader;

  public ListExport(
      Directory directory, Table<ListState> states, HeldQueue held, MailReader mailReader) {
    this.directory = directory;
    this.states = states;
    this.held = held;
    this.mailReader = mailReader;
  }

  /**
   * Writes it.
   *
   * @throws IOException when the stream refuses; the file is then not whole, and says so
   */
  public void write(MailingList list, OutputStream out) throws IOException {
    try (ListFileWriter file = new ListFileWriter(out)) {
      file.write(
          new ListFileEntry.TheList(
              list.address(),
              list.displayName(),
              list.description(),
              SettingsPatch.all(new SourceRights(directory).written(list.settings())),
              list.createdAt(),
              list.closedForGood(),
              list.moderatorSecret()));
      file.write(new ListFileEntry.Numbers(state(list.id())));
      for (Template template : templates(list.id())) {
        file.write(new ListFileEntry.Text(template));
      }
      members(list.id(), file);
      heldPosts(list.id(), file);
    }
  }

  /** What the list counts. */
  public ListState state(ListId list) {
    return states.get(list.value()).orElseGet(() -> ListState.first(list));
  }

  private List<Template> templates(ListId list) {
    return directory.templates(list.value()).stream()
        .sorted(Comparator.comparing(Template::name).thenComparing(Template::language))
        .toList();
  }

  private void members(ListId list, ListFileWriter file) throws IOException {
    String after = "";
    List<Roster.Listed> page;
    do {
      page = directory.roster().page(list, after, PAGE);
      for (Roster.Listed one : page) {
        file.write(entry(one));
        after = one.member().address().key();
      }
    } while (page.size() == PAGE);
  }

  /** Whoever comes from a source and has no row here is told of, and not to be taken in. */
  private ListFileEntry entry(Roster.Listed one) {
    Member member = one.member();
    Roster.Via via = one.via();
    return via == null || one.ownRow()
        ? new ListFileEntry.Somebody(member)
        : new ListFileEntry.FromSource(member.address(), member.displayName(), via.toString());
  }

  private void heldPosts(ListId list, ListFileWriter file) throws IOException {
    HeldQueue.Query waiting = HeldQueue.Query.waiting(Set.of(list));
    String after = "";
    do {
      HeldQueue.Page page = held.page(waiting, after, PAGE);
      for (Hold hold : page.holds()) {
        try {
          MailReader.StoredMail stored = mailReader.read(hold.content());
          file.write(
              new ListFileEntry.HeldPost(
                  MailRecords.meta(stored.record(), MailMeta.class),
                  hold.author(),
                  hold.subject(),
                  hold.heldAt(),
                  hold.reasons(),
                  hold.sentences(),
                  stored.message()));
        } catch (DeadPointerException e) {
          log.warn("held post {} is not exported, its message is gone", hold.holdId(), e);
        }
      }
      after = page.next() == null ? "" : page.next();
    } while (!after.isEmpty());
  }
}

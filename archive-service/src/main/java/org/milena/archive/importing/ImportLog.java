package org.milena.archive.importing;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.milena.common.event.AuditEntry;
import org.milena.common.event.RecordType;
import org.milena.common.event.Topics;
import org.milena.common.stage.MailRecords;
import org.milena.common.stage.Publisher;

/**
 * Writes to the list's audit log that somebody brings posts into its archive: when the first of
 * them is written, and how many there were when a run says that it is at its end.
 */
public final class ImportLog {
  private static final int MAX_RUNS = 1000;

  private final Publisher publisher;
  private final InstantSource clock;

  private final Map<String, Sum> runs =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Sum> eldest) {
          return size() > MAX_RUNS;
        }
      };

  /** To this log. */
  public ImportLog(Publisher publisher, InstantSource clock) {
    this.publisher = publisher;
    this.clock = clock;
  }

  private record Sum(long added, long present) {}

  /**
   * Somebody who imports.
   *
   * @param actor name of the account
   * @param origin address of the client
   */
  public record Importer(String actor, String origin) {}

  /**
   * Notes what a request did. A dry run, and one that brought nothing, is not noted.
   *
   * @param last whether it is the last of its run
   */
  public void note(
      Importer importer, PostImport.Request request, ImportReport report, boolean last) {
    if (report.dryRun()) {
      return;
    }
    String run = importer.actor() + " " + request.list() + " " + request.run();
    Sum before;
    Sum sum;
    synchronized (runs) {
      before = runs.getOrDefault(run, new Sum(0, 0));
      sum = new Sum(before.added() + report.added(), before.present() + report.present());
      runs.put(run, sum);
      if (last) {
        runs.remove(run);
      }
    }
    if (sum.added() == 0) {
      return;
    }
    if (last) {
      write(
          importer,
          request,
          "Bring posts into the archive from %s: %,d are new, %,d were there."
              .formatted(request.from(), sum.added(), sum.present()));
    } else if (before.added() == 0) {
      write(
          importer, request, "Begin to bring posts into the archive from " + request.from() + ".");
    }
  }

  private void write(Importer importer, PostImport.Request request, String text) {
    var unused =
        publisher.write(
            MailRecords.json(
                Topics.AUDIT,
                request.list().value(),
                RecordType.AUDIT_ENTRY,
                new AuditEntry(
                    request.run(),
                    request.list(),
                    clock.instant(),
                    importer.actor(),
                    importer.origin(),
                    "import-posts",
                    text,
                    "done")));
  }
}

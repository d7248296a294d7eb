package org.milena.scanner.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.milena.common.event.ScanReport.Objection;
import org.milena.common.failure.OutageException;
import org.milena.scanner.builtin.archive.ArchiveEntry;
import org.milena.scanner.builtin.archive.ArchiveFormat;
import org.milena.scanner.builtin.archive.ArchiveVisitor;
import org.milena.scanner.builtin.archive.Unpacker;
import org.milena.scanner.builtin.document.OfficePackage;
import org.milena.scanner.scan.ShownText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens archives as streams and shows each file in them to the check of contents. */
final class Archives {

  private static final Logger log = LoggerFactory.getLogger(Archives.class);

  /** Looks at a file from inside an archive. */
  @FunctionalInterface
  interface Inside {
    void look(String name, InputStream content) throws IOException;
  }

  private final Budget budget;
  private final Findings findings;
  private final AttachmentPolicy policy;
  private final Inside inside;
  private final Unpacker unpacker;

  Archives(Budget budget, Findings findings, AttachmentPolicy policy, Inside inside) {
    this.budget = budget;
    this.findings = findings;
    this.policy = policy;
    this.inside = inside;
    this.unpacker = new Unpacker(budget);
  }

  /**
   * Opens the file if it is an archive.
   *
   * @param head its first octets, {@code length} of them
   * @param content from its beginning
   * @return whether it was one
   */
  boolean open(String name, byte[] head, int length, InputStream content) throws IOException {
    Optional<ArchiveFormat> format = ArchiveFormat.of(head, length, name);
    if (format.isEmpty()) {
      return false;
    }
    budget.enterArchive();
    try {
      var opened = new Opened(name);
      unpacker.unpack(format.get(), name, head, length, budget.packed(content), opened);
      opened.judgeDocument();
    } catch (LimitException | OutageException e) {
      throw e; // neither is the archive's fault
    } catch (IOException | RuntimeException | LinkageError e) {
      // libraries throw what they like at damaged files; a native one may not be there at all
      if (!(e instanceof IOException)) {
        log.warn("an archive that cannot be read, or a defect of its reader", e);
      }
      findings.unscannable(damaged(name, e));
    } finally {
      budget.leaveArchive();
    }
    return true;
  }

  /** Libraries quote the archive in what they say. */
  static String damaged(String name, Throwable why) {
    return "damaged archive %s: %s"
        .formatted(ShownText.of(name), ShownText.of(String.valueOf(why.getMessage())));
  }

  private final class Opened implements ArchiveVisitor {

    private final String archive;
    private final OfficePackage document = new OfficePackage();

    Opened(String archive) {
      this.archive = archive;
    }

    @Override
    public void file(ArchiveEntry entry) throws IOException {
      budget.entry();
      name(entry.name());
      switch (entry.kind()) {
        case READABLE -> {
          InputStream content = document.file(entry.name(), budget.unpacked(entry.content()));
          inside.look(entry.name(), content);
        }
        case ENCRYPTED ->
            findings.policy(Objection.ENCRYPTED, "encrypted archive with " + shown(entry.name()));
        case UNREADABLE ->
            findings.unscannable("archive with a compression unknown here: " + shown(entry.name()));
        case LISTED -> document.file(entry.name(), entry.content());
      }
    }

    @Override
    public void alsoNamed(String name) throws IOException {
      budget.name();
      name(name);
    }

    @Override
    public boolean enough() {
      return findings.settled();
    }

    private void name(String name) {
      policy
          .objectionToArchived(name)
          .ifPresent(reason -> findings.policy(Objection.ATTACHMENT, reason));
    }

    private static String shown(String name) {
      return name.isEmpty() ? "a hidden list of files" : ShownText.of(name);
    }

    void judgeDocument() {
      if (document.macros()) {
        findings.policy(Objection.MACRO, "document with macros: " + ShownText.of(archive));
      }
      if (document.encrypted()) {
        findings.policy(Objection.ENCRYPTED, "encrypted document: " + ShownText.of(archive));
      }
    }
  }
}

package org.milena.scanner.builtin;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.milena.common.event.ScanReport.Objection;
import org.milena.scanner.builtin.archive.ArchiveFormat;
import org.milena.scanner.builtin.document.FileType;
import org.milena.scanner.builtin.document.Ole2Document;
import org.milena.scanner.builtin.document.PdfDocument;
import org.milena.scanner.scan.Eicar;

/** Looks at files: attachments, what is in archives, what is uuencoded in texts. */
final class FileCheck {

  /** Reads a message that came as a file. */
  @FunctionalInterface
  interface Messages {
    void read(InputStream message) throws IOException, MimeException;
  }

  private final AttachmentPolicy policy;
  private final Budget budget;
  private final Findings findings;
  private final Messages messages;
  private final Archives archives;

  FileCheck(AttachmentPolicy policy, Budget budget, Findings findings, Messages messages) {
    this.policy = policy;
    this.budget = budget;
    this.findings = findings;
    this.messages = messages;
    this.archives = new Archives(budget, findings, policy, this::archived);
  }

  /** Whether a file of such a name holds a message. */
  static boolean isMessageName(String name) {
    Set<String> extensions = AttachmentNames.extensions(name);
    return extensions.contains("eml") || extensions.contains("mht") || extensions.contains("mhtml");
  }

  /** An attachment, or a text. */
  void attachment(Claim claim, InputStream content) throws IOException, MimeException {
    file(claim, content);
  }

  /** What says that it is a message: read as one, unless it begins as a file of another kind. */
  void message(Claim claim, InputStream content) throws IOException, MimeException {
    var file = new PeekedInput(content);
    byte[] head = file.peek(FileType.LOOK_AHEAD);
    boolean isFile =
        Eicar.startsWith(head, head.length)
            || FileType.of(head, head.length).isPresent()
            || ArchiveFormat.of(head, head.length, name(claim)).isPresent();
    if (isFile) {
      file(claim, file);
    } else {
      messages.read(file);
    }
  }

  /** What stands before the first part, behind the last, or where parts should be. */
  void beside(InputStream content) throws IOException, MimeException {
    file(Claim.attachment(List.of(), ""), content, Texts.WITH_PARTS);
  }

  private void archived(String name, InputStream content) throws IOException {
    try {
      if (isMessageName(name)) {
        message(Claim.archived(name), content);
      } else {
        file(Claim.archived(name), content, Texts.NONE);
      }
    } catch (MimeException e) {
      throw new IOException(e);
    }
  }

  private void file(Claim claim, InputStream content) throws IOException, MimeException {
    file(claim, content, Texts.WITH_FILES);
  }

  /** What is looked for in a file that is of no known type. */
  private enum Texts {
    NONE,
    WITH_FILES,
    WITH_PARTS
  }

  private void file(Claim claim, InputStream content, Texts texts)
      throws IOException, MimeException {
    var file = new PeekedInput(content);
    byte[] head = file.peek(FileType.LOOK_AHEAD);
    if (Eicar.startsWith(head, head.length)) {
      findings.infected(Eicar.SIGNATURE);
      return;
    }
    if (!archives.open(name(claim), head, head.length, file)) {
      Optional<FileType> type = type(claim, head, file);
      if (type.isPresent()) {
        typed(claim, type.get(), file);
      } else if (texts != Texts.NONE) {
        text(file, texts == Texts.WITH_PARTS);
      }
    }
    if (!findings.settled()) {
      file.drain();
    }
  }

  private static String name(Claim claim) {
    return claim.names().isEmpty() ? "" : claim.names().getFirst();
  }

  private static Optional<FileType> type(Claim claim, byte[] head, PeekedInput content)
      throws IOException {
    Optional<FileType> type = FileType.of(head, head.length);
    if (type.isPresent()) {
      return type;
    }
    if (claim.saysPdf() && FileType.holdsPdf(head, head.length)) {
      return Optional.of(FileType.PDF);
    }
    if (head.length == FileType.LOOK_AHEAD && hasNul(head)) {
      byte[] far = content.peek(FileType.FAR_LOOK_AHEAD);
      if (FileType.isDiscImage(far, far.length)) {
        return Optional.of(FileType.DISC_IMAGE);
      }
    }
    return Optional.empty();
  }

  /** No text has one. */
  private static boolean hasNul(byte[] head) {
    for (byte octet : head) {
      if (octet == 0) {
        return true;
      }
    }
    return false;
  }

  private void typed(Claim claim, FileType type, InputStream content) throws IOException {
    policy
        .objectionToType(claim, type)
        .ifPresent(reason -> findings.policy(Objection.ATTACHMENT, reason));
    if (type == FileType.OLE2) {
      Ole2Document document = Ole2Document.read(content);
      if (document.macros()) {
        findings.policy(Objection.MACRO, "document with macros: " + claim.name());
      }
      if (document.encrypted()) {
        findings.policy(Objection.ENCRYPTED, "encrypted document: " + claim.name());
      }
      if (document.installer()) {
        policy
            .objectionToType(claim, FileType.INSTALLER)
            .ifPresent(reason -> findings.policy(Objection.ATTACHMENT, reason));
      }
    } else if (type == FileType.PDF) {
      pdf(claim, PdfDocument.read(content));
    }
  }

  private void pdf(Claim claim, PdfDocument document) {
    if (document.encrypted()) {
      findings.policy(Objection.ENCRYPTED, "encrypted document: " + claim.name());
    }
    if (document.launches()) {
      findings.policy(Objection.MACRO, "document that starts a program: " + claim.name());
    }
    for (String file : document.files()) {
      policy
          .objectionToAttachment(file)
          .ifPresent(reason ->
              findings.policy(Objection.ATTACHMENT, "in " + claim.name() + ": " + reason));
    }
  }

  private void text(PeekedInput text, boolean withParts) throws IOException, MimeException {
    for (Optional<EmbeddedContent> next = EmbeddedContent.next(text, withParts);
        next.isPresent() && !findings.settled();
        next = EmbeddedContent.next(text, withParts)) {
      budget.part();
      switch (next.get()) {
        case EmbeddedContent.File(UuencodedFile file) -> {
          policy
              .objectionToAttachment(file.name())
              .ifPresent(reason -> findings.policy(Objection.ATTACHMENT, reason));
          file(Claim.attachment(List.of(file.name()), ""), file, Texts.NONE);
        }
        case EmbeddedContent.Parts(InputStream parts) -> messages.read(parts);
      }
    }
  }
}

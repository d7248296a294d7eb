package org.milena.scanner.builtin;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.milena.scanner.builtin.document.FileType;
import org.milena.scanner.scan.ShownText;

/**
 * Which files are kept back by their name or their type alone, because opening them runs them.
 *
 * <p>Messages that are encrypted from person to person (S/MIME, PGP) are none of these: that is how
 * people write in private. What is encrypted or brings macros is objected to; whether a list takes
 * it is the list's own policy.
 *
 * @param blocked extensions of attachments, lower case, without dot
 * @param blockedInArchives likewise for files inside archives; fewer, since sources travel there
 */
public record AttachmentPolicy(Set<String> blocked, Set<String> blockedInArchives) {

  /** What Windows runs, mounts or installs on a double click. */
  public static final Set<String> DEFAULT_BLOCKED =
      Set.of(
          "ade",
          "adp",
          "appref-ms",
          "appx",
          "appxbundle",
          "bat",
          "chm",
          "cmd",
          "com",
          "cpl",
          "diagcab",
          "dll",
          "exe",
          "hta",
          "img",
          "ins",
          "iso",
          "isp",
          "jar",
          "jnlp",
          "js",
          "jse",
          "lnk",
          "mde",
          "msc",
          "msi",
          "msix",
          "msp",
          "mst",
          "one",
          "pif",
          "ps1",
          "reg",
          "scf",
          "scr",
          "sct",
          "settingcontent-ms",
          "shb",
          "sys",
          "vb",
          "vbe",
          "vbs",
          "vhd",
          "vhdx",
          "vxd",
          "wsc",
          "wsf",
          "wsh",
          "xll");

  /** What is in no honest archive of sources. */
  public static final Set<String> DEFAULT_BLOCKED_IN_ARCHIVES =
      Set.of("cpl", "hta", "jse", "lnk", "pif", "scr", "settingcontent-ms", "vbe", "wsf", "wsh");

  /** With the default lists. */
  public static final AttachmentPolicy DEFAULT =
      new AttachmentPolicy(DEFAULT_BLOCKED, DEFAULT_BLOCKED_IN_ARCHIVES);

  /** Lower case, without dots before them. */
  public AttachmentPolicy {
    blocked = normalized(blocked);
    blockedInArchives = normalized(blockedInArchives);
  }

  private static Set<String> normalized(Collection<String> extensions) {
    Set<String> all = new TreeSet<>();
    for (String extension : extensions) {
      String plain = extension.strip().toLowerCase(Locale.ROOT);
      all.add(plain.startsWith(".") ? plain.substring(1) : plain);
    }
    return Set.copyOf(all);
  }

  /** Why an attachment of this name is kept back, if it is. */
  Optional<String> objectionToAttachment(String name) {
    return objection("attachment", name, blocked).or(() -> trick(name));
  }

  /** Why an archive with a file of this name is kept back, if it is. */
  Optional<String> objectionToArchived(String name) {
    return objection("archived file", name, blockedInArchives).or(() -> trick(name));
  }

  /**
   * Why a file is kept back that is of this type, whatever it says. One that says nothing is judged
   * as if it had the extension of its type; one that says it is a picture or a text lies.
   */
  Optional<String> objectionToType(Claim claim, FileType type) {
    Optional<String> said = claim.harmless();
    boolean isProgram =
        switch (type) {
          case UNIX_PROGRAM, MAC_PROGRAM, JAVA_CLASS -> blocked.contains("exe");
          case WINDOWS_PROGRAM,
              SHORTCUT,
              DISC_IMAGE,
              VIRTUAL_DISK,
              ONE_NOTE,
              HELP_FILE,
              INSTALLER ->
              blocked.contains(type.extension());
          case OLE2, PDF -> false;
        };
    if (said.isPresent() && isProgram) {
      return Optional.of("says " + said.get() + ", is " + type.text() + ": " + claim.name());
    }
    Set<String> extensions = claim.archived() ? blockedInArchives : blocked;
    return extensions.contains(type.extension())
        ? Optional.of(
            (claim.archived() ? "archived file" : "attachment")
                + " that is "
                + type.text()
                + ": "
                + claim.name())
        : Optional.empty();
  }

  private Optional<String> trick(String name) {
    return NameTricks.in(name, blocked).map(trick -> trick + ": " + ShownText.of(name));
  }

  private static Optional<String> objection(String what, String name, Set<String> extensions) {
    return AttachmentNames.extensions(name).stream()
        .filter(extensions::contains)
        .findFirst()
        .map(extension -> what + " of type ." + extension + ": " + ShownText.of(name));
  }
}

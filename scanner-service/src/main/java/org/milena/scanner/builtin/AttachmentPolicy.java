package org.milena.scanner.builtin;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.milena.scanner.scan.ShownText;

/**
 * Which files are kept back by their name alone, because opening them runs them.
 *
 * @param blocked extensions of attachments, lower case, without dot
 * @param blockedInArchives likewise for files inside archives; fewer, since sources travel there
 * @param blockEncryptedArchives whether an archive nobody can look into is kept back
 */
public record AttachmentPolicy(
    Set<String> blocked, Set<String> blockedInArchives, boolean blockEncryptedArchives) {

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
      new AttachmentPolicy(DEFAULT_BLOCKED, DEFAULT_BLOCKED_IN_ARCHIVES, true);

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
    return objection("attachment", name, blocked);
  }

  /** Why an archive with a file of this name is kept back, if it is. */
  Optional<String> objectionToArchived(String name) {
    return objection("archived file", name, blockedInArchives);
  }

  private static Optional<String> objection(String what, String name, Set<String> extensions) {
    return AttachmentNames.extensions(name).stream()
        .filter(extensions::contains)
        .findFirst()
        .map(extension -> what + " of type ." + extension + ": " + ShownText.of(name));
  }
}

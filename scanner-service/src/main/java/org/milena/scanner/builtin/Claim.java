package org.milena.scanner.builtin;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.milena.scanner.scan.ShownText;

/**
 * What a file says it is.
 *
 * @param names all that it goes by
 * @param mimeType empty where there is none
 * @param archived whether it comes from inside an archive
 */
record Claim(List<String> names, String mimeType, boolean archived) {

  private static final Set<String> HARMLESS_EXTENSIONS =
      Set.of(
          "avi", "bmp", "csv", "doc", "docx", "eml", "gif", "htm", "html", "ics", "jpeg", "jpg",
          "log", "md", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg", "pdf", "png", "ppt", "pptx",
          "rtf", "svg", "tif", "tiff", "txt", "vcf", "wav", "webp", "xls", "xlsx", "xml");

  private static final Set<String> HARMLESS_TYPES =
      Set.of("application/pdf", "application/msword", "application/rtf");

  static Claim attachment(Collection<String> names, String mimeType) {
    return new Claim(List.copyOf(names), mimeType.toLowerCase(Locale.ROOT), false);
  }

  static Claim archived(String name) {
    return new Claim(List.of(name), "", true);
  }

  /** A name for people. */
  String name() {
    return names.isEmpty() || names.getFirst().isEmpty()
        ? "without a name"
        : ShownText.of(names.getFirst());
  }

  /** What it says if that is a picture, a text or a document. */
  Optional<String> harmless() {
    for (String name : names) {
      for (String extension : AttachmentNames.extensions(name)) {
        if (HARMLESS_EXTENSIONS.contains(extension)) {
          return Optional.of("." + extension);
        }
      }
    }
    boolean harmlessType =
        mimeType.startsWith("image/")
            || mimeType.startsWith("audio/")
            || mimeType.startsWith("video/")
            || mimeType.startsWith("text/")
            || mimeType.startsWith("application/vnd.openxmlformats-officedocument.")
            || mimeType.startsWith("application/vnd.oasis.opendocument.")
            || HARMLESS_TYPES.contains(mimeType);
    return harmlessType ? Optional.of(ShownText.of(mimeType)) : Optional.empty();
  }

  /** Whether it says that it is a PDF. */
  boolean saysPdf() {
    return mimeType.equals("application/pdf")
        || names.stream().anyMatch(name -> AttachmentNames.extensions(name).contains("pdf"));
  }
}

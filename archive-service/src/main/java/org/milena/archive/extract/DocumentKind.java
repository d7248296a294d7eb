package org.milena.archive.extract;

import java.util.Optional;

/** Documents whose text is read. */
public enum DocumentKind {
  /** Portable Document Format (ISO 32000). */
  PDF,
  /** Office Open XML (ECMA-376) and OpenDocument (ISO/IEC 26300): XML in a ZIP. */
  OFFICE,
  /** Rich Text Format. */
  RTF;

  /** The kind of this media type, as {@link FileType} finds it. */
  public static Optional<DocumentKind> of(String type) {
    if (type.equals("application/pdf")) {
      return Optional.of(PDF);
    }
    if (type.equals("application/rtf")) {
      return Optional.of(RTF);
    }
    boolean office =
        type.startsWith("application/vnd.openxmlformats-officedocument.")
            || type.startsWith("application/vnd.oasis.opendocument.");
    return office ? Optional.of(OFFICE) : Optional.empty();
  }
}

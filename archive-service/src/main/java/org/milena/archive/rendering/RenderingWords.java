package org.milena.archive.rendering;

/** What a rendering says in the reader's language. Plain text, escaped where it is put in. */
public interface RenderingWords {

  /** Stands for a quote that is folded away. */
  String quotedLines(int lines);

  /** Is above the list of the files that a patch changes. */
  String changedFiles(int files);

  /** For programs that read aloud: what a patch adds and takes away in a file. */
  String changedLines(int added, int removed);

  /** Leads from a file of a patch to the list of its files. */
  String allFiles();

  /** Stands for a picture of a mail that is not shown with its HTML. */
  String pictureNotShown();

  /**
   * The same, where it is among the attachments.
   *
   * @param name of the attachment
   */
  String pictureAttached(String name);
}

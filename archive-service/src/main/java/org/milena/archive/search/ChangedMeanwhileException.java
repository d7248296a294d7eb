package org.milena.archive.search;

/** What was being read is not what it was any more: whoever read it begins anew. */
public final class ChangedMeanwhileException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ChangedMeanwhileException(String what) {
    super(what);
  }
}

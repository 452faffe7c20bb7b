package dev.descent.core.kernel;

/**
 * Elements somewhere in an array, from an offset on.
 *
 * @param values the array
 * @param offset where the first element is
 */
// A window on an array: compared by nobody, and the array is the point.
@SuppressWarnings("ArrayRecordComponent")
public record Slice(float[] values, int offset) {}

package io.linli.dispatch.engine;

/// What it takes to get from place to place.
///
/// *Shape:* square, row by row: `distances[from * size + to]`. The two may be the same array. Times keep the triangle
/// inequality: whoever skips a place is not later for it.
public record Matrix(int size, int[] distances, int[] times) {
    public Matrix {
        if (distances.length != size * size || times.length != size * size) {
            throw new IllegalArgumentException("a matrix of " + size + " places has " + size * size + " entries");
        }
    }
}

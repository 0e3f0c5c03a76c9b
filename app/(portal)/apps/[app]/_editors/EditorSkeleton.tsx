import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';

/** Stands where an editor will be, in its size. */
export function EditorSkeleton() {
  return (
    <Box aria-hidden sx={{ p: { xs: 4, sm: 6 }, display: 'grid', gap: 4, maxWidth: 820 }}>
      <Skeleton variant="rounded" width={220} height={26} />
      {[0, 1, 2, 3, 4].map((each) => (
        <Skeleton key={each} variant="rounded" height={34} />
      ))}
    </Box>
  );
}

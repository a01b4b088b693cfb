// The product's logo.
export const Logo = () => (
  <svg width="22" height="22" viewBox="0 0 24 24" fill="currentColor" aria-hidden>
    <path d="M12 2a1.6 1.6 0 0 0-1.6 1.6v.6a6.6 6.6 0 0 0-5 6.4v3.6l-1.7 2.6a.8.8 0 0 0 .7 1.2h15.2a.8.8 0 0 0 .7-1.2l-1.7-2.6v-3.6a6.6 6.6 0 0 0-5-6.4v-.6A1.6 1.6 0 0 0 12 2Zm-2.6 17.5a2.6 2.6 0 0 0 5.2 0Z" />
  </svg>
)
